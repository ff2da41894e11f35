import type { INodeParameters } from 'n8n-workflow';
import type { RequestRecord } from '../../../../sandbox';
import { wapioAccount } from '../../../../sandbox';
import { pathOf } from '../../../support/tables/trigger/bench';
import { describeOneSlot } from '../../../support/tables/trigger/oneSlot';
import { byId, keyCredentialFor } from '../bench';
import { isWrite, useWapioTrigger } from './calls';

const FOREIGN = 'https://crm.example.com/hooks/whatsapp';
const { pat, sessions } = wapioAccount;

/** The official names behind the choice Messages. */
const MESSAGE_EVENTS = [
	'message.sent',
	'messages-group.received',
	'messages-newsletter.received',
	'messages-personal.received',
	'messages.received',
	'messages.update',
	'messages.upsert',
];

const trigger = useWapioTrigger();
const { deploy, publish, writes, control, baseUrl, slot, setSlot, credentialWith } = trigger;

describeOneSlot(trigger, {
	owner: 'session',
	isSigned: true,
	ignoredWrites: { kind: 'status', status: 200, method: 'PUT', path: /\/webhook$/, body: { success: true } },
	wrongCredentials: [
		{
			name: 'a wrong token',
			credentials: () => credentialWith({ token: 'bps_pat_not-the-right-token' }),
			secret: 'bps_pat_not-the-right-token',
			message: 'Wapio did not accept the credential',
		},
	],
	otherSlot: { parameters: { session: byId(sessions.disconnected) }, key: sessions.disconnected },
});

/** A session key; the trigger has to be told its session. */
const keyCredential = () => ({ wapioApi: { ...keyCredentialFor(baseUrl()), sessionId: sessions.connected } });
const written = (): RequestRecord[] => control().requests().filter(isWrite);

/** The configuration as the provider shows it. */
const config = async (session: string = sessions.connected): Promise<unknown> => {
	const answer = await fetch(`${baseUrl()}/v1/whatsapp-sessions/${session}/webhook`, {
		headers: { authorization: `Bearer ${pat}` },
	});
	return await answer.json();
};

describe('registration with Wapio', () => {
	it('is made with a signing secret and a list of events', async () => {
		await publish();
		expect(written()).toMatchObject([
			{
				method: 'PUT',
				body: {
					target_url: expect.stringMatching(/\/webhook\?workflow=[\w-]+&name=Trigger\+test$/) as string,
					subscribed_events: expect.any(Array) as unknown[],
					signing_secret: expect.stringMatching(/^.{16,}$/) as string,
					is_active: true,
				},
			},
		]);
	});

	it.each<[string, INodeParameters, string[]]>([
		['messages unless chosen otherwise', {}, MESSAGE_EVENTS],
		['statuses', { events: ['message_status'] }, ['message-receipt.update', 'message.sent', 'messages.update']],
		[
			'what may come as a message, too',
			{ events: ['message_deleted', 'message_reaction', 'poll_vote', 'call', 'notice', 'message_edited'] },
			[...MESSAGE_EVENTS, 'call', 'messages.delete', 'messages.reaction', 'poll.results'].sort(),
		],
		['the session and its QR code', { events: ['session', 'qr'] }, ['qrcode.updated', 'session.status']],
		[
			'people and chats',
			{ events: ['groups', 'contacts', 'chats'] },
			[
				'chats.delete',
				'chats.update',
				'chats.upsert',
				'contacts.update',
				'contacts.upsert',
				'group-participants.update',
				'groups.update',
				'groups.upsert',
			],
		],
	])('subscribes to %s', async (_name, parameters, events) => {
		await deploy(parameters).activate();
		const { subscribed_events } = (await config()) as { subscribed_events: string[] };
		expect([...subscribed_events].sort()).toEqual(events);
	});

	it('subscribes to all of them', async () => {
		await deploy({ events: ['*'] }).activate();
		expect(await config()).toMatchObject({ subscribed_events: { length: 22 } });
	});

	it('a foreign address that is put back gets events again', async () => {
		setSlot(FOREIGN);
		const wf = await publish({ options: { replaceExistingWebhook: true } });
		expect(pathOf(slot())).toBe(wf.productionUrl);
		wf.restart();
		await wf.deactivate();
		expect(await config()).toMatchObject({
			target_url: FOREIGN,
			is_active: true,
			subscribed_events: expect.arrayContaining(['messages.received']) as string[],
		});
	});

	it('answers that are wrapped are understood', async () => {
		control().configure('wapio', { envelope: 'success' });
		const wf = deploy();
		await wf.activate();
		expect(pathOf(slot())).toBe(wf.productionUrl);
		await wf.activate();
		await wf.deactivate();
		expect(slot()).toBeNull();
	});

	it('a session key is refused with a remedy, before anything is written', async () => {
		const error = (await deploy({}, keyCredential())
			.activate()
			.catch((caught: unknown) => caught)) as Error;
		expect(error.message).toMatch(/personal access token/i);
		expect(error.message).toMatch(/dashboard|by hand|yourself/i);
		expect(writes()).toBe(0);
	});

	it('an address that was pasted by hand is enough for a session key, and stays', async () => {
		const wf = deploy({}, keyCredential());
		setSlot(wf.productionUrl);
		await wf.activate();
		await wf.deactivate();
		expect(slot()).toBe(wf.productionUrl);
		expect(writes()).toBe(0);
	});

	it('no session, neither chosen nor in the credential, is refused in words', async () => {
		await expect(deploy({}, { wapioApi: { token: pat, baseUrl: baseUrl() } }).activate()).rejects.toThrow(
			/[Ss]ession/,
		);
		expect(control().requests()).toHaveLength(0);
	});

	it('the signing secret of the credential is the one that is registered', async () => {
		const webhookSigningSecret = 'the-secret-of-the-credential';
		await deploy({}, credentialWith({ webhookSigningSecret })).activate();
		expect(written()[0]?.body).toMatchObject({ signing_secret: webhookSigningSecret });
	});

	it('a signing secret that is too short is refused, before anything is written', async () => {
		await expect(deploy({}, credentialWith({ webhookSigningSecret: 'short' })).activate()).rejects.toThrow(/16/);
		expect(writes()).toBe(0);
	});
});
