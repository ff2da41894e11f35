import { setTimeout as pause } from 'node:timers/promises';
import type { ScriptedAnswer } from '../support/scriptedServer';
import { post } from '../support/tables/trigger/bench';
import type { ListedHook } from '../support/tables/trigger/manySlots';
import {
	describeForged,
	describeReceiving,
	describeRedelivery,
	type ReceivingTable,
} from '../support/tables/trigger/receiving';
import { signatureOf } from './pigeon';
import { event, sample, TOKEN, usePigeon, usePigeonTrigger } from './pigeonBench';

const pigeon = usePigeon();

const messages: Pick<ReceivingTable, 'sample' | 'event' | 'others' | 'malformed'> = {
	sample,
	event,
	others: [['its id', sample('another')]],
	malformed: [['a message without texts', { id: 'm' }]],
};

describe('a trigger with several webhooks', () => {
	let hooks: ListedHook[];
	const trigger = usePigeonTrigger(pigeon, 'pigeonTrigger', () => hooks.map(({ url }) => url));

	beforeEach(() => {
		hooks = [];
		let created = 0;
		pigeon.server().script(({ method, path, json }): ScriptedAnswer => {
			if (method === 'POST') hooks.push({ id: `own-${++created}`, url: (json as { url: string }).url });
			if (method === 'DELETE') hooks = hooks.filter(({ id }) => path !== `/hooks/${id}`);
			return { body: { ok: true, result: hooks } };
		});
	});

	const receiving: ReceivingTable = {
		...messages,
		address: ({ productionUrl }) => hooks.find(({ url }) => url.startsWith(productionUrl))?.url ?? '',
	};
	describeReceiving(trigger, receiving);
	describeRedelivery(trigger, receiving);
	describeForged(trigger, receiving);

	describe('after the token was replaced', () => {
		const statusOf = async (url: string, id: string): Promise<number> => (await post(url, sample(id))).status;

		/** A trigger that was called a moment ago, with its address before and after. */
		const replaced = async () => {
			const wf = await trigger.publish();
			const old = hooks[0]?.url ?? '';
			expect(await statusOf(old, 'before')).toBe(200);
			wf.credentials = { pigeonApi: { baseUrl: pigeon.server().url, token: 'another-token-for-tests' } };
			await wf.activate('update');
			const renewed = hooks.find(({ url }) => url.startsWith(wf.productionUrl) && url !== old)?.url ?? '';
			return { wf, old, renewed };
		};

		it('calls with the new secret are taken at once', async () => {
			const { wf, old, renewed } = await replaced();
			expect(await statusOf(renewed, 'new')).toBe(200);
			expect(await statusOf(old, 'old')).toBe(401);
			await wf.idle();
		});

		it('calls with the old secret are refused, after a second at the latest', async () => {
			const { wf, old } = await replaced();
			await pause(1_100);
			expect(await statusOf(old, 'old')).toBe(401);
			await wf.idle();
		});
	});

	it('one call with several messages starts one execution with an item each, redelivered ones left out', async () => {
		const wf = await trigger.publish();
		const url = hooks[0]?.url ?? '';
		await post(url, sample('m', ['one', 'two']));
		await post(url, sample('m', ['one', 'two', 'three']));
		await wf.idle();
		expect(wf.executions.map(({ items }) => items.map(({ json }) => json.text))).toEqual([
			['one', 'two'],
			['three'],
		]);
	});
});

describe('a trigger whose address is pasted by hand', () => {
	const signed = (body: string) => ({ 'x-signature': signatureOf(Buffer.from(body), TOKEN) });
	const trigger = usePigeonTrigger(
		pigeon,
		'pigeonPastedTrigger',
		(published) => published.map(({ productionUrl }) => productionUrl),
		signed,
	);

	const receiving: ReceivingTable = {
		...messages,
		address: ({ productionUrl }) => productionUrl,
		headers: signed,
		forgeries: [
			{ name: 'no signature' },
			{
				name: 'a signature by another token',
				headers: (body) => ({ 'x-signature': signatureOf(Buffer.from(body), 'x') }),
			},
			{ name: 'a signature of another body', headers: () => signed('{}') },
		],
	};
	describeReceiving(trigger, receiving);
	describeRedelivery(trigger, receiving);
	describeForged(trigger, receiving);

	it('sends the provider nothing, and checks the signature over the raw body', async () => {
		const wf = await trigger.publish();
		const body = '{ "id": "1",   "texts": ["hello"] }';
		expect((await post(wf.productionUrl, body, signed(JSON.stringify(JSON.parse(body))))).status).toBe(401);
		expect((await post(wf.productionUrl, body, signed(body))).status).toBe(200);
		await wf.idle();
		expect(wf.executions).toHaveLength(1);
		await wf.deactivate();
		expect(trigger.requests()).toBe(0);
	});
});
