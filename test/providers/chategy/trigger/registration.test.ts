import type { INodePropertyOptions } from 'n8n-workflow';
import { chategyTriggerProperties } from '../../../../nodes/Chategy/trigger/panel';
import type { RequestRecord } from '../../../../sandbox';
import type { Deployment } from '../../../support/triggerHost';
import { post } from '../../../support/tables/trigger/bench';
import { describeManySlots } from '../../../support/tables/trigger/manySlots';
import { developerCredentialFor } from '../bench';
import { isWrite, sample, useChategyTrigger } from './calls';
import { type Hook, Hooks } from './hooks';

const DOCUMENTED = [
	'tdlib_incoming_msg',
	'whatsapp_incoming_msg',
	'whatsapp_log_in',
	'whatsapp_log_out',
	'whatsapp_status_msg',
];

/** What is registered for messages, which is what a new node listens for. */
const MESSAGES = ['tdlib_incoming_msg', 'whatsapp_incoming_msg'];

const trigger = useChategyTrigger();
const { publish, deploy, hooks, control, writes, baseUrl, credentialWith } = trigger;

describeManySlots(trigger, {
	hooks: {
		all: async () => await hooks().all(),
		add: async (url) => await hooks().add(url, 'whatsapp_incoming_msg'),
		move: async (id, url) => await hooks().move({ id: Number(id), types: DOCUMENTED }, url),
		clear: () => control().reset(),
	},
	sample: () => sample('incoming'),
	otherParameters: { events: ['log_in'] },
	wrongCredentials: [
		{
			name: 'a wrong access token',
			credentials: () => credentialWith({ accessToken: 'not-the-right-key' }),
			secret: 'not-the-right-key',
			message: /^Chategy did not accept the credential/,
		},
		{
			name: 'a wrong API key of a developer',
			parameters: { authentication: 'developerApiKey' },
			credentials: () => ({
				chategyDeveloperApi: { ...developerCredentialFor(baseUrl()), apiKey: 'not-the-right-key' },
			}),
			secret: 'not-the-right-key',
			message: /^Chategy did not accept the credential/,
		},
	],
});

const written = (): RequestRecord[] => control().requests().filter(isWrite);

/** The one entry that leads to this workflow in production. */
const entryOf = async (wf: Deployment, list = hooks()): Promise<Hook> => {
	const own = (await list.all()).filter(({ url }) => url.split('?')[0] === wf.productionUrl);
	expect(own).toHaveLength(1);
	return own[0] as Hook;
};

describe('registration with Chategy', () => {
	it('is made for messages of both documented messengers', async () => {
		const wf = await publish();
		expect([...(await entryOf(wf)).types].sort()).toEqual(MESSAGES);
		expect(written().map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /api/v1/webhooks']);
	});

	it('is made with the key of a developer, in the list of the developer', async () => {
		const developerHooks = new Hooks(trigger.bench().sandbox, 'developer');
		const wf = await publish({ authentication: 'developerApiKey' });
		const entry = await entryOf(wf, developerHooks);
		expect([...entry.types].sort()).toEqual(MESSAGES);
		expect(written()[0]).toMatchObject({ method: 'POST', path: '/developer/v1/webhooks' });
		expect(written()[0]?.headers.authorization).toBe(developerCredentialFor('').apiKey);

		await post(entry.url, sample('incoming'));
		await wf.idle();
		expect(wf.executions).toHaveLength(1);
		expect(await wf.deactivate()).toEqual([]);
		expect(await developerHooks.all()).toEqual([]);
	});

	it.each<[string[], string[]]>([
		[['message_whatsapp'], ['whatsapp_incoming_msg']],
		[['message_telegram'], ['tdlib_incoming_msg']],
		[['message'], MESSAGES],
		[['message_whatsapp', 'message_telegram'], MESSAGES],
		[['call'], MESSAGES],
		[['message_edited'], MESSAGES],
		[['message_deleted'], MESSAGES],
		[['message_reaction'], MESSAGES],
		[['notice'], MESSAGES],
		[['message_status'], ['whatsapp_status_msg']],
		[['delivery_status', 'message'], MESSAGES],
		[['*'], DOCUMENTED],
		[
			['message_status', 'message_whatsapp'],
			['whatsapp_incoming_msg', 'whatsapp_status_msg'],
		],
		[
			['log_in', 'log_out'],
			['whatsapp_log_in', 'whatsapp_log_out'],
		],
		// Not in the API reference: registered only if chosen.
		[['message_max'], ['max_incoming_msg']],
		[['message_max_bot'], ['max_bot_incoming_msg']],
		[['message_telegram_bot'], ['telegram_bot_incoming_msg']],
		[
			['message', 'message_telegram_bot', 'message_max_bot'],
			['max_bot_incoming_msg', 'tdlib_incoming_msg', 'telegram_bot_incoming_msg', 'whatsapp_incoming_msg'],
		],
		[
			['*', 'message_max'],
			['max_incoming_msg', ...DOCUMENTED],
		],
	])('%j is registered for %j', async (events, types) => {
		const wf = await publish({ events });
		expect([...(await entryOf(wf)).types].sort()).toEqual(types);
	});

	it.each(
		chategyTriggerProperties
			.flatMap(({ name, options }) => (name === 'events' ? ((options ?? []) as INodePropertyOptions[]) : []))
			.map(({ value }) => value)
			.filter((value) => value !== 'delivery_status'),
	)('is made for the choice %s', async (choice) => {
		const wf = await publish({ events: [choice] });
		expect((await entryOf(wf)).types).not.toEqual([]);
	});

	it('delivery statuses alone cannot be registered, and the node says where they come from', async () => {
		const wf = deploy({ events: ['delivery_status'] });
		await expect(wf.activate()).rejects.toThrow(/Callback URL/);
		expect(writes()).toBe(0);
	});

	it('publishing with other events registers for those, once', async () => {
		const wf = await publish({ events: ['message_whatsapp'] });
		wf.setParameters({ events: ['message_telegram'] });
		await wf.activate();
		expect((await entryOf(wf)).types).toEqual(['tdlib_incoming_msg']);
		expect(await hooks().all()).toHaveLength(1);
	});
});
