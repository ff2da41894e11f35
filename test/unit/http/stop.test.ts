import { getEventListeners } from 'node:events';
import { listenersOf, onStop } from '../../../nodes/shared/http/timing/stop';

it('calls everyone who waits, once, by one listener of the signal', () => {
	const controller = new AbortController();
	const { signal } = controller;
	const called: string[] = [];
	onStop(signal, () => called.push('first'));
	const forget = onStop(signal, () => called.push('second'));
	onStop(signal, () => called.push('third'));
	forget();
	expect(listenersOf(signal)).toBe(2);
	expect(getEventListeners(signal, 'abort')).toHaveLength(1);
	controller.abort();
	controller.abort();
	expect(called).toEqual(['first', 'third']);
	expect(listenersOf(signal)).toBe(0);
});

it('keeps two signals apart', () => {
	const [one, other] = [new AbortController(), new AbortController()];
	const called: string[] = [];
	onStop(one.signal, () => called.push('one'));
	onStop(other.signal, () => called.push('other'));
	other.abort();
	expect(called).toEqual(['other']);
});

it('lets a listener take back another one', () => {
	const controller = new AbortController();
	const called: string[] = [];
	onStop(controller.signal, () => forget());
	const forget = onStop(controller.signal, () => called.push('taken back'));
	controller.abort();
	expect(called).toEqual([]);
});
