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
