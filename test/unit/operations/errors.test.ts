import type { INode, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { type FailureKind, GatewayError, type GatewayFailure } from '../../../nodes/shared/http/gatewayError';
import { optionsField, timeLimitOption } from '../../../nodes/shared/messaging/fields/options';
import { field, type Field, FieldRefusal } from '../../../nodes/shared/operations/define/field';
import { defineOperation, type Effect } from '../../../nodes/shared/operations/define/operation';
import {
	explain,
	explainRefusal,
	failureDetails,
	outcomeOf,
	toNodeError,
} from '../../../nodes/shared/operations/n8n/errors';

const node: INode = { id: '1', name: 'Gateway', type: 'gateway', typeVersion: 1, position: [0, 0], parameters: {} };

/** How a field's wrong value is reported to the user. */
function toldOf(made: Field, parameters: Record<string, unknown>): string {
	const operation = defineOperation({
		value: 'x',
		name: 'X',
		action: 'X',
		description: 'X',
		effect: 'send',
		fields: { made },
		request: () => ({ method: 'POST', path: '/x' }),
	});
	try {
		operation.prepare({
			parameter: (name) => parameters[name],
			credential: () => undefined,
			timezone: () => 'UTC',
			file: () => undefined,
			key: () => 'key',
			everyItem: () => [],
			count: () => 1,
		});
	} catch (error) {
		if (error instanceof FieldRefusal) return explainRefusal(error, made.properties).message;
		throw error;
	}
	return 'accepted';
}

const contacts: INodeProperties = {
	displayName: 'Contacts',
	name: 'contacts',
	type: 'fixedCollection',
	default: {},
	options: [
		{
			displayName: 'Contact',
			name: 'contact',
			values: [{ displayName: 'Full Name', name: 'fullName', type: 'string', default: '' }],
		},
	],
};
const contactsSchema = z.object({ contact: z.array(z.object({ fullName: z.string().min(1, { error: 'is empty' }) })) });

describe('a refused field is named as the user sees it', () => {
	it('a field of one property', () => {
		const text = field(
			{ displayName: 'Text', name: 'text', type: 'string', default: '' },
			z.string({ error: 'write it' }),
		);
		expect(toldOf(text, {})).toBe('Text: write it');
	});

	it('an option in a collection', () => {
		expect(toldOf(optionsField([timeLimitOption]), { options: { timeLimit: 0 } })).toBe(
			'Options → Time Limit (Seconds): enter 1 to 3600 seconds',
		);
	});

	it('a field of an element of a fixed collection', () => {
		const made: Field = {
			properties: [contacts],
			read: ({ parameter }) => ({ contacts: parameter('contacts') }),
			schema: z.object({ contacts: contactsSchema }),
		};
		expect(toldOf(made, { contacts: { contact: [{ fullName: 'A' }, { fullName: '' }] } })).toMatch(
			/^Contacts → Contact → (2 → )?Full Name: is empty$/,
		);
	});

	it('a field of an element where the property is the whole field', () => {
		expect(toldOf(field(contacts, contactsSchema), { contacts: { contact: [{ fullName: '' }] } })).toMatch(
			/^Contacts → Contact → (1 → )?Full Name: is empty$/,
		);
	});

	it('a property that is not known, by its path', () => {
		expect(explainRefusal(new FieldRefusal('some.path', 'is wrong'), []).message).toBe('some.path: is wrong');
	});
});

describe('explain', () => {
	const kinds: FailureKind[] = [
		...(['blocked', 'cancelled', 'network', 'timeout', 'rateLimited'] as const),
		...(['redirected', 'refused', 'unauthorized', 'unavailable', 'unreadable'] as const),
	];
	const failure = (part: Partial<GatewayFailure>): GatewayFailure => ({
		provider: 'Gateway',
		kind: 'network',
		outcome: 'unknown',
		words: 'words',
		status: 500,
		attempts: 1,
		timeLimitMs: 60_000,
		...part,
	});

	it.each(['network', 'timeout', 'unavailable', 'unreadable', 'cancelled'] as const)(
		'says after "%s" that the message may have been sent, and never that nothing was',
		(kind) => {
			const { message, description } = explain(failure({ kind }), 'send');
			expect(message).toMatch(/the message may have been sent/);
			expect(`${message} ${description}`).not.toMatch(/Nothing was sent/);
		},
	);

	it.each(kinds)('says after "%s" that nothing was sent, where that is known', (kind) => {
		for (const outcome of ['not sent', 'refused'] as const) {
			const { message, description } = explain(failure({ kind, outcome }), 'send');
			expect(description).toMatch(/Nothing was sent/);
			expect(message).not.toMatch(/may have been/);
		}
	});

	it.each(kinds)('says after "%s" what a read, a change and a send did not do', (kind) => {
		for (const outcome of ['not sent', 'refused'] as const) {
			const said = (effect: Effect): string => explain(failure({ kind, outcome }), effect).description;
			expect(said('change')).toMatch(/^Nothing was changed\./);
			expect(said('send')).toMatch(/^Nothing was sent\./);
			expect(said('read')).not.toMatch(/Nothing was/);
		}
	});

	it.each(kinds.filter((kind) => kind !== 'blocked' && kind !== 'misconfigured'))(
		'says after "%s" of unknown outcome what may have been done, and what to check',
		(kind) => {
			const change = explain(failure({ kind }), 'change');
			expect(`${change.message} ${change.description}`).toMatch(
				/the change may have been made.*Check whether it took effect/,
			);
			const send = explain(failure({ kind }), 'send');
			expect(`${send.message} ${send.description}`).toMatch(/the message may have been sent.*Check the chat/);
		},
	);

	it.each(kinds)('writes whole sentences after "%s"', (kind) => {
		for (const effect of ['read', 'change', 'send'] satisfies Effect[]) {
			const { message, description } = explain(failure({ kind }), effect);
			expect(`${message} ${description}`).not.toMatch(/undefined|NaN|\(\)| {2}|null/);
		}
	});
});

describe('toNodeError', () => {
	const context = { node, itemIndex: 2, effect: 'send' as const, properties: [] };

	it('keeps our words where n8n would put its own', () => {
		const error = new GatewayError({
			provider: 'Gateway',
			kind: 'network',
			outcome: 'not sent',
			words: 'ECONNREFUSED',
			attempts: 4,
		});
		const shown = toNodeError(error, context);
		expect(shown.message).toBe('Could not connect to Gateway (ECONNREFUSED)');
		expect(shown.description).toMatch(/Nothing was sent\. It was tried 4 times\./);
		expect(shown.context.itemIndex).toBe(2);
	});

	it.each([new Error('broken'), 'broken', undefined, null])('takes whatever was thrown', (thrown) => {
		expect(toNodeError(thrown, context).context.itemIndex).toBe(2);
	});

	it('says of an error that came after something was sent that it may have been', () => {
		const shown = toNodeError(new Error('broken'), { ...context, mayHaveActed: true });
		expect(shown.message).toBe('broken: the message may have been sent');
		expect(shown.description).toMatch(/Check the chat/);
	});

	it('takes secrets out of the words of an error that is none of ours', () => {
		const clean = (text: string): string => text.replaceAll('hunter22', '***');
		const shown = toNodeError(new Error('no header "hunter22"'), { ...context, clean });
		expect(`${shown.message} ${shown.stack} ${JSON.stringify(shown)}`).not.toContain('hunter22');
	});

	it('does not give an error of another item this item’s number', () => {
		const first = toNodeError(new FieldRefusal('text', 'is empty'), context);
		expect(toNodeError(first, { ...context, itemIndex: 5 }).context.itemIndex).toBe(2);
	});
});

describe('outcomeOf', () => {
	it.each([
		[new FieldRefusal('text', 'is empty'), true, 'not sent'],
		[new Error('x'), false, 'not sent'],
		[new RangeError('x'), true, 'unknown'],
		[undefined, true, 'unknown'],
	] as const)('%p, with something sent before: %p → %s', (error, mayHaveActed, outcome) => {
		expect(outcomeOf(error, mayHaveActed)).toBe(outcome);
	});
});

describe('failureDetails', () => {
	it('has what a workflow can branch on', () => {
		const details = (error: unknown) =>
			failureDetails(error, toNodeError(error, { node, effect: 'send', properties: [] }));
		expect(details(new FieldRefusal('text', 'is empty'))).toMatchObject({ outcome: 'not sent' });
		expect(details(new Error('x'))).toMatchObject({ outcome: 'not sent' });
		const failure: GatewayFailure = {
			provider: 'G',
			kind: 'rateLimited',
			outcome: 'not sent',
			status: 429,
			attempts: 3,
			retryAfterMs: 0,
		};
		expect(details(new GatewayError(failure))).toMatchObject({
			outcome: 'not sent',
			attempts: 3,
			httpCode: 429,
			retryAfterMs: 0,
		});
	});
});
