import type { IDataObject } from 'n8n-workflow';
import { deliver, type OutgoingMessage, textRequest } from '../../../../nodes/Chategy/api/delivery';
import { sessionNames } from '../../../../nodes/Chategy/api/sessionStates';
import {
	externalIdList,
	instanceList,
	senderNameList,
	utmMarkList,
	webhookList,
} from '../../../../nodes/Chategy/chategy.lists';
import { hasExtension } from '../../../../nodes/Chategy/fields/sendOptions';
import type { GatewayRequest } from '../../../../nodes/shared/http/request';
import type { ListLoader } from '../../../../nodes/shared/operations/define/lists';
import type { OperationContext } from '../../../../nodes/shared/operations/define/operation';

const CALLBACK = 'https://n8n.example.com/webhook-waiting/7/node?signature=abc';

/** The context of an operation, which records what it did. */
function contextAnswering(data: unknown) {
	const sent: GatewayRequest[] = [];
	const waits: Array<{ until: Date; onTimeout: IDataObject }> = [];
	const none = () => {
		throw new Error('not expected');
	};
	const context: OperationContext = {
		send: none,
		sendMessage: async (compose) => {
			sent.push(await compose());
			return { status: 200, headers: {}, data, envelope: undefined };
		},
		sendParts: none,
		download: none,
		fetchFile: none,
		storeBinary: none,
		credential: none,
		sleep: none,
		connect: none,
		handOn: none,
		callbackUrl: () => CALLBACK,
		responseUrl: none,
		keepForCall: none,
		reviewed: none,
		waitForCall: async (until, onTimeout = {}) => {
			waits.push({ until, onTimeout });
		},
	};
	return { context, sent, waits };
}

const noOptions = {
	callbackUrl: undefined,
	externalId: undefined,
	replyToMessageId: undefined,
	senderName: undefined,
	utmMark: undefined,
	sendAt: undefined,
};

const message: OutgoingMessage = {
	recipient: { phone: '995598464533' },
	channels: undefined,
	options: { ...noOptions, waitForFinalStatus: false, waitLimit: 60 },
	idempotency: undefined,
	simplify: false,
	content: { text: 'hello' },
	request: textRequest,
};

const waiting = { ...message, options: { ...message.options, waitForFinalStatus: true, waitLimit: 5 } };

describe('a message that waits for its final status', () => {
	it('sends the callback URL of the execution, and waits as long as it should', async () => {
		const { context, sent, waits } = contextAnswering({ id: 5, status_id: 6 });
		const before = Date.now();
		const common = {
			messageId: '5',
			phone: '995598464533',
			status: 'accepted',
			providerStatus: '6',
			provider: 'chategy',
		};
		const output = { id: 5, status_id: 6, ...common };
		expect(await deliver(waiting, context)).toEqual([{ json: output }]);
		expect(sent[0]?.json).toEqual({ phone: '995598464533', text: 'hello', callback_url: CALLBACK });
		expect(waits).toHaveLength(1);
		expect(waits[0]?.onTimeout).toEqual({ ...output, delivered: null, timedOut: true, waitedMinutes: 5 });
		const waited = (waits[0]?.until.getTime() ?? 0) - before;
		expect(waited).toBeGreaterThanOrEqual(5 * 60_000);
		expect(waited).toBeLessThan(6 * 60_000);
	});

	it('does not wait unless the option is on', async () => {
		const { context, sent, waits } = contextAnswering({ id: 5 });
		await deliver(message, context);
		expect(waits).toEqual([]);
		expect(sent[0]?.json).not.toHaveProperty('callback_url');
	});

	it('waits for its own first try, but not for a message of another execution', async () => {
		const idempotency = { ownId: () => 'own' };
		const taken = { alreadyReceived: true, message: 'Request with current params has already been received' };
		const own = contextAnswering(taken);
		expect(await deliver({ ...waiting, idempotency }, own.context)).toEqual([
			{
				json: {
					messageId: null,
					phone: '995598464533',
					status: 'accepted',
					providerStatus: taken.message,
					provider: 'chategy',
					alreadyReceived: true,
					external_id: 'own',
				},
			},
		]);
		expect(own.waits).toHaveLength(1);

		const others = contextAnswering(taken);
		const options = { ...waiting.options, externalId: 'order-1001' };
		await deliver({ ...waiting, options, idempotency }, others.context);
		expect(others.waits).toEqual([]);
	});
});

describe('lists', () => {
	const send = (data: unknown) => async () => ({ status: 200, headers: {}, data, envelope: { meta: { code: 200 } } });
	const none = () => undefined;

	const entriesOf = async (load: ListLoader, data: unknown[]) => {
		const list = await load(send(data), none, none);
		return Array.isArray(list) ? list : list.entries(data);
	};

	it('of sender names', async () => {
		const data = { sender_names: ['push813', 'testname'] };
		expect(await senderNameList(send(data), none, none)).toEqual([
			{ name: 'push813', value: 'push813' },
			{ name: 'testname', value: 'testname' },
		]);
		expect(await senderNameList(send({}), none, none)).toEqual([]);
	});

	it('of instances', async () => {
		const data = [
			{ id: 336, customer_id: 712, external_id: '234', whatsapp_phone: null, subscription_status: 'inactive' },
		];
		expect(await entriesOf(instanceList, data)).toEqual([
			{ name: 'Instance 336 · customer 712 · external ID 234 · inactive', value: '336' },
		]);
	});

	it('of instances by their external ID, if they have one', async () => {
		const data = [
			{ id: 336, external_id: '234' },
			{ id: 337, external_id: null },
		];
		expect(await entriesOf(externalIdList, data)).toEqual([
			{ name: 'Instance 336 · external ID 234', value: '234' },
		]);
	});

	it.each([
		['texts', ['launch', ' ', 'Doc']],
		[
			'objects',
			[
				{ id: 1, name: 'launch' },
				{ id: 2, name: 'Doc' },
			],
		],
	])('of UTM marks that come as %s', async (_form, data) => {
		expect(await entriesOf(utmMarkList, data)).toEqual([
			{ name: 'launch', value: 'launch' },
			{ name: 'Doc', value: 'Doc' },
		]);
	});

	it('of webhooks, without the query of their URLs', async () => {
		const data = [{ id: 57, types: ['whatsapp_log_out'], url: 'https://example.com/a?secret=do-not-show' }];
		expect(await webhookList(send(data), none, none)).toEqual([
			{ name: 'Webhook 57 · https://example.com/a · whatsapp_log_out', value: '57' },
		]);
	});
});

it('an account has its sessions by name', () => {
	expect(sessionNames({ tdlib_session: 3, whatsapp_session: '0', max_session: 9 })).toEqual({
		tdlib_session_name: 'authorized',
		whatsapp_session_name: 'not_authorized',
		max_session_name: null,
	});
	expect(sessionNames({ tdlib_session: null })).toEqual({});
});

it.each([
	['invoice.pdf', true],
	['a.tar.gz', true],
	['Invoice no. 5', false],
	['.pdf', false],
	['invoice.', false],
	['invoice', false],
])('"%s" has an extension: %j', (name, expected) => {
	expect(hasExtension(name)).toBe(expected);
});
