/**
 * Repeats against a model: random sequences of messages, redeliveries, kills and restarts. The model knows what a person
 * did; the trigger sees payloads only. What a person did starts one execution at least (nothing is lost), and one at most as
 * long as nothing was forgotten.
 */
import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { GatewayEvent } from '../../../nodes/shared/trigger/event/event';
import { forgetTrigger } from '../../../nodes/shared/trigger/receive/memory';
import { claimEvent } from '../../../nodes/shared/trigger/receive/repeats';
import { eventWith } from '../../support/gatewayEvent';

/** What happens at a delivery: n8n takes it or not, and the provider gets an answer or not. */
type Fate = 'answered' | 'unanswered' | 'refused';

interface Act {
	/** What is written; few, so that people repeat themselves. */
	text: number;
	fates: Fate[];
	/** n8n is started anew after it, its last writing of static data lost or not. */
	restart: 'none' | 'saved';
	waitMs: number;
}

const act: fc.Arbitrary<Act> = fc.record({
	text: fc.nat({ max: 2 }),
	// A provider repeats what got no good answer, at once, until it gets one.
	fates: fc
		.array(fc.constantFrom<Fate>('unanswered', 'refused'), { maxLength: 3 })
		.map((fates) => [...fates, 'answered' as const]),
	restart: fc.constantFrom('none' as const, 'none' as const, 'none' as const, 'saved' as const),
	waitMs: fc.nat({ max: 60_000 }),
});

let runs = 0;

/** Plays what people write, and counts the executions for each message. */
function play(acts: Act[], eventOf: (text: number, index: number, at: number) => Partial<GatewayEvent>) {
	const trigger = `model ${++runs}`;
	let stored: IDataObject = {};
	let now = 1_700_000_000_000;
	const executions = acts.map(() => 0);
	const ids: string[] = [];
	acts.forEach(({ text, fates, restart, waitMs }, index) => {
		const event = eventWith(eventOf(text, index, now));
		for (const fate of fates) {
			const claim = claimEvent(trigger, event, stored, { arrivedAt: now });
			if (fate === 'refused') claim.release();
			else {
				claim.keep(stored);
				if (!claim.isRepeat) {
					executions[index] = (executions[index] ?? 0) + 1;
					ids.push(claim.id);
				}
				if (fate === 'unanswered') claim.unanswered(now);
			}
			now += 1 + (waitMs % 7);
		}
		now += waitMs;
		if (restart === 'saved') {
			forgetTrigger(trigger);
			stored = JSON.parse(JSON.stringify(stored)) as IDataObject;
		}
	});
	return { executions, ids };
}

const once = (acts: Act[]) => acts.map(() => 1);

describe('in any order of messages, redeliveries, refusals and restarts', () => {
	it('a message with an id starts one execution', () => {
		fc.assert(
			fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
				expect(play(acts, (_text, index) => ({ id: `m${index}` })).executions).toEqual(once(acts));
			}),
			{ numRuns: 1_000 },
		);
	});

	it('a message without id and time starts one execution, however often its words were written before', () => {
		fc.assert(
			fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
				const { executions, ids } = play(acts, (text) => ({ id: `${text}`.repeat(32), identity: 'untimed' }));
				expect(executions).toEqual(once(acts));
				expect(new Set(ids).size).toBe(ids.length);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('an edit, a status or a log-out starts one execution where it differs from the last one, and else none', () => {
		const kinds: Array<(text: number) => Partial<GatewayEvent>> = [
			(text) => ({
				event: 'message_edited',
				id: `M:edited:${text}`,
				target: { messageId: 'M' },
				text: `${text}`,
			}),
			(text) => ({
				event: 'message_status',
				id: `M:status:${text}:`,
				status: { messageId: 'M', name: `${text}`, code: text, final: null, delivered: null },
			}),
			(text) => ({ event: 'session.status', id: `E${text}`, session: { state: `${text}`, reason: null } }),
		];
		fc.assert(
			fc.property(fc.array(act, { maxLength: 30 }), fc.nat({ max: 1 }), (acts, kind) => {
				const expected = acts.map(({ text }, index) => (acts[index - 1]?.text === text ? 0 : 1));
				expect(play(acts, (text) => kinds[kind]?.(text) ?? {}).executions).toEqual(expected);
			}),
			{ numRuns: 1_000 },
		);
	});
});
