/* What the phone page shows of the account itself: messages written on its own phone, typing, and the chat of the team. */
import { type ProviderName, wapioAccount } from '../../sandbox';
import { providers } from '../support/providers';
import { firstItems, useTriggerBench } from '../support/tables/trigger/bench';
import { callProvider, controlCall, useSandbox } from './client';

interface Chat {
	id: string;
	name: string;
	ownActs: string[];
	presence: string | null;
	bubbles: Array<{ by: string; content: { text: string | null }; messageId: string | null; sent?: object }>;
}

const TEXT = 'I take over from here';
/** The providers that are known to report own messages, and what the trigger makes of one written on the phone. */
const REPORTED: Partial<Record<ProviderName, { source?: string; hasChat: boolean }>> = {
	balesOtomatis: { hasChat: true },
	// The sender is the account, and nothing says to whom it wrote.
	chatalo: { hasChat: false },
	chategy: { source: 'app', hasChat: true },
	wapio: { source: 'app', hasChat: true },
};

describe.each(providers)('an own message of $name', ({ type, bench, incomingTexts }) => {
	const trigger = useTriggerBench<ProviderName>(type, bench, {
		isWrite: () => true,
		credential: incomingTexts.credential,
		isPasted: incomingTexts.isPasted,
	});

	it('reaches the trigger as the provider reports it, or is refused', async () => {
		const wf = await trigger.publish({ options: { includeOwn: true } });
		const { sandbox } = trigger.bench();
		const device = trigger.control().devices(type)[0]?.id ?? '';
		const place = `/chats?provider=${type}&device=${device}`;
		const chats = async () => (await controlCall(sandbox, 'GET', place)).json as Chat[];
		const [chat] = await chats();
		if (chat === undefined) throw new Error('no chat');
		const from = { id: chat.id, name: chat.name };
		const own = { do: 'text', isOwn: true, device, chat: chat.id, from, text: TEXT };
		const { status, text } = await controlCall(sandbox, 'POST', `/${type}/customer`, own);
		const reported = REPORTED[type];
		expect(chat.ownActs.includes('text')).toBe(reported !== undefined);
		if (reported === undefined) {
			expect([status, text]).toEqual([400, expect.stringMatching(/does not report text of the account itself/)]);
			return;
		}
		expect([status, status === 200 ? '' : text]).toEqual([200, '']);
		const [item] = await firstItems(wf);
		expect(item).toMatchObject({ event: 'message', text: TEXT, direction: 'outgoing', type: 'text' });
		expect(item?.source ?? undefined).toBe(reported.source);
		if (reported.hasChat) expect(item).toMatchObject({ chat: { phone: chat.id } });
		// Shown as written by the account, and not as sent by a workflow.
		const bubbles = (await chats()).find(({ id }) => id === chat.id)?.bubbles ?? [];
		expect(bubbles.map(({ by, content, sent }) => [by, content.text, sent])).toEqual([
			['account', TEXT, undefined],
		]);
	});

	it('is no answer to the trigger that leaves own messages out', async () => {
		if (REPORTED[type] === undefined) return;
		const wf = await trigger.publish();
		const device = trigger.control().devices(type)[0]?.id ?? '';
		const own = { do: 'text', isOwn: true, device, chat: '6281200000042', text: TEXT };
		const from = { id: '6281200000042', name: 'Jamie' };
		const { status } = await controlCall(trigger.bench().sandbox, 'POST', `/${type}/customer`, { ...own, from });
		expect(status).toBe(200);
		expect(await firstItems(wf)).toEqual([]);
	});
});

const sandbox = useSandbox();
const SESSION = wapioAccount.sessions.connected;
const AMINA: string = wapioAccount.sender.number;

async function wapio(path: string, body: object): Promise<number> {
	const headers = { Authorization: `Bearer ${wapioAccount.pat}`, 'x-session-id': SESSION };
	return (await callProvider(sandbox(), 'wapio', 'POST', path, body, headers)).status;
}

async function chat(id: string): Promise<Chat | undefined> {
	const { json } = await controlCall(sandbox(), 'GET', `/chats?provider=wapio&device=${SESSION}`);
	return (json as Chat[]).find((one) => one.id === id);
}

describe('typing', () => {
	const show = async (presence: string, to = AMINA) => await wapio('/api/send-presence-update', { to, presence });
	const shown = async () => (await chat(AMINA))?.presence;

	it('is shown in its chat until it stops', async () => {
		expect(await show('composing')).toBe(200);
		expect([await shown(), (await chat('212600000002'))?.presence]).toEqual(['composing', null]);
		await show('recording');
		expect(await shown()).toBe('recording');
		await show('paused');
		expect(await shown()).toBeNull();
	});

	it('ends with the message', async () => {
		await show('composing');
		await wapio('/api/send-message', { to: AMINA, kind: 'text', text: 'Here it is' });
		expect(await shown()).toBeNull();
	});

	it('is shown in the same chat, however the recipient is written', async () => {
		await show('composing', `${wapioAccount.sender.lid}@lid`);
		expect(await shown()).toBe('composing');
		sandbox().control.reset();
		expect(await shown()).toBeNull();
	});

	it('is not shown for a request that is refused', async () => {
		expect(await show('dancing')).toBe(422);
		expect(await shown()).toBeNull();
	});
});

it('the team has a chat of its own at every provider that has chats', async () => {
	const names = Object.keys(REPORTED) as ProviderName[];
	for (const provider of [...names, 'whacenter' as const]) {
		const device = sandbox().control.devices(provider)[0]?.id ?? '';
		const { json } = await controlCall(sandbox(), 'GET', `/chats?provider=${provider}&device=${device}`);
		expect([provider, (json as Chat[]).find(({ name }) => name === 'Team')?.id]).toEqual([
			provider,
			'6281200000009',
		]);
	}
	await wapio('/api/send-message', { to: '+6281200000009', kind: 'text', text: 'Amina needs a person' });
	expect((await chat('6281200000009'))?.bubbles.map(({ content }) => content.text)).toEqual(['Amina needs a person']);
});
