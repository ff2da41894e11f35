import { setTimeout as pause } from 'node:timers/promises';
import { LookedUpSecrets } from '../../../nodes/shared/trigger/receive/lookedUpSecrets';

const TRIGGER = 'workflow node';

/** A clock that the test sets, and a secret that it replaces; how often that was looked up. */
function bench(latencyMs = 0) {
	const state = { now: 5_000, secret: 'first', lookUps: 0 };
	const secrets = new LookedUpSecrets(() => state.now);
	const lookUp = async (): Promise<string> => {
		const { secret } = state;
		state.lookUps++;
		await pause(latencyMs);
		return secret;
	};
	const isRight = async (given: unknown, trigger = TRIGGER) => await secrets.isRight(trigger, given, lookUp);
	return { state, secrets, isRight };
}

describe('the secrets of triggers', () => {
	it('are looked up once a second for many calls', async () => {
		const { state, isRight } = bench();
		for (let call = 0; call < 50; call++) expect(await isRight('first')).toBe(true);
		expect(state.lookUps).toBe(1);
		state.now += 1_000;
		expect(await isRight('first')).toBe(true);
		expect(state.lookUps).toBe(2);
	});

	it.each([1, 5, 20])(
		'keep calls in order that come while a look-up of %d ms is under way and after it',
		async (latency) => {
			const { state, isRight } = bench(latency);
			const order: number[] = [];
			const calls: Array<Promise<unknown>> = [];
			for (let call = 0; call < 30; call++) {
				calls.push(isRight('first').then(() => order.push(call)));
				state.now += 100;
				await pause(1);
			}
			await Promise.all(calls);
			expect(order).toEqual([...order].sort((one, other) => one - other));
			expect(state.lookUps).toBeGreaterThan(1);
		},
	);

	it('are taken at once when they were replaced', async () => {
		const { state, isRight } = bench();
		expect(await isRight('first')).toBe(true);
		state.secret = 'second';
		expect(await isRight('second')).toBe(true);
		expect(await isRight('first')).toBe(false);
	});

	it('are refused a second after they were replaced, also those whose look-up took long', async () => {
		const { state, isRight } = bench(50);
		const slow = isRight('first');
		state.secret = 'second';
		state.now += 900;
		expect(await slow).toBe(true);
		expect(await isRight('first')).toBe(true);
		state.now += 100;
		expect(await isRight('first')).toBe(false);
	});

	it('are looked up for every wrong call, which is refused', async () => {
		const { state, isRight } = bench();
		expect(await isRight('first')).toBe(true);
		for (const given of ['wrong', '', undefined, ['first'], { first: 1 }]) expect(await isRight(given)).toBe(false);
		expect(state.lookUps).toBe(6);
		expect(await isRight('first')).toBe(true);
	});

	it('are looked up again after a look-up failed', async () => {
		const { secrets, isRight } = bench();
		const failing = async (): Promise<string> => await Promise.reject(new Error('no credential'));
		await expect(secrets.isRight(TRIGGER, 'first', failing)).rejects.toThrow('no credential');
		expect(await isRight('first')).toBe(true);
	});

	it('are each trigger’s own', async () => {
		const { state, isRight } = bench();
		expect(await isRight('first')).toBe(true);
		state.secret = 'second';
		expect(await isRight('first', 'another workflow')).toBe(false);
		expect(await isRight('second', 'another workflow')).toBe(true);
	});
});
