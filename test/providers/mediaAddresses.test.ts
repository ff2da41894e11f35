/** Whoever sends a message chooses the address of its file: whichever way it is written, it leads nowhere inside. */
import type { IDataObject } from 'n8n-workflow';
import type { ProviderName } from '../../sandbox';
import { type InternalServer, internalAddresses, startInternalServer } from '../support/internalServer';
import { providers } from '../support/providers';
import { type SandboxTriggerBench, useTriggerBench } from '../support/tables/trigger/bench';
import { startScriptedServer } from '../support/scriptedServer';
import { chatalo } from './chatalo/bench';
import { chategy } from './chategy/bench';
import { wapio } from './wapio/bench';
import { whacenter } from './whacenter/bench';

let inside: InternalServer;
beforeAll(async () => {
	inside = await startInternalServer();
});
afterAll(async () => await inside.close());

/** How each provider's payload names the address of a file. */
const PLACES = {
	chategy: (url: string) => ({ payload: { new_message: { message: { file_data: { download_url: url } } } } }),
	whacenter: (url: string) => ({ media: url }),
	wapio: (url: string) => ({ data: { messages: { message: { imageMessage: { url } } } } }),
} satisfies Partial<Record<ProviderName, (url: string) => IDataObject>>;

/** Providers whose files have no address. */
const WITHOUT_ADDRESS: ProviderName[] = ['chatalo', 'balesOtomatis'];

it('is played with every provider', () => {
	const names = [...Object.keys(PLACES), ...WITHOUT_ADDRESS].sort();
	expect(names).toEqual(providers.map(({ type }) => type).sort());
});

/** The first item of a message with a file at this address. */
async function received(
	trigger: SandboxTriggerBench<'chategy'> | SandboxTriggerBench<'whacenter'> | SandboxTriggerBench<'wapio'>,
	event: string,
	overrides: IDataObject,
): Promise<IDataObject> {
	const wf = await trigger.publish({ options: { downloadMedia: true } });
	const { deliveries } = await (trigger as SandboxTriggerBench<'wapio'>).incoming(event as 'image', { overrides });
	expect(deliveries.map(({ status }) => status)).toEqual([200]);
	await wf.idle();
	const [item] = wf.executions.map(({ items }) => items[0]);
	expect(item?.binary).toBeUndefined();
	return item?.json ?? {};
}

const isWrite = (): boolean => false;
const TRIGGERS = [
	['chategy', 'document', () => useTriggerBench('chategy', chategy, { isWrite })],
	['whacenter', 'image', () => useTriggerBench('whacenter', whacenter, { isWrite })],
	['wapio', 'image', () => useTriggerBench('wapio', wapio, { isWrite })],
] as const;

describe.each(TRIGGERS)('%s', (name, event, use) => {
	const trigger = use();

	it.each(internalAddresses(0).map((address) => address.replace(':0/', ':PORT/')))('%s', async (address) => {
		const hits = inside.hits;
		const json = await received(trigger, event, PLACES[name](address.replace('PORT', String(inside.port))));
		expect(json).toMatchObject({
			event: 'message',
			mediaError: expect.any(String) as string,
			mediaErrorKind: 'blocked',
		});
		expect(inside.hits).toBe(hits);
	});

	it('a redirect inside', async () => {
		const hits = inside.hits;
		// The administrator allows this server; where it leads to is another matter.
		const outside = await startScriptedServer({
			status: 302,
			headers: { location: `http://[::]:${inside.port}/photo.png` },
		});
		try {
			trigger.bench().engine.setSsrfPolicy({ enabled: false, allowedIpRanges: ['127.0.0.1/32'] });
			const json = await received(trigger, event, PLACES[name](`${outside.url}/photo.png`));
			expect(json).toMatchObject({ event: 'message', mediaErrorKind: 'blocked' });
			expect(outside.requests).toHaveLength(1);
			expect(inside.hits).toBe(hits);
		} finally {
			trigger.bench().engine.setSsrfPolicy({ enabled: false });
			await outside.close();
		}
	});
});

describe('wapio, encrypted', () => {
	const trigger = useTriggerBench('wapio', wapio, { isWrite });

	it.each([
		...internalAddresses(0).map((address) => ({ url: address.replace(':0/', ':PORT/'), directPath: null })),
		...['@127.0.0.1:PORT/a', ':PORT/a', '.127.0.0.1:PORT/a'].map((directPath) => ({ url: null, directPath })),
	])('%j', async ({ url, directPath }) => {
		const hits = inside.hits;
		const part = {
			url: url?.replace('PORT', String(inside.port)) ?? null,
			directPath: directPath?.replace('PORT', String(inside.port)) ?? null,
			mediaKey: Buffer.alloc(32, 7).toString('base64'),
		};
		const json = await received(trigger, 'image', { data: { messages: { message: { imageMessage: part } } } });
		expect(json).toMatchObject({ event: 'message', mediaErrorKind: 'blocked', media: { isEncrypted: true } });
		expect(inside.hits).toBe(hits);
	});
});

describe('chatalo', () => {
	const trigger = useTriggerBench('chatalo', chatalo, { isWrite });
	it('gives what the trigger returns as media.reference to the action node, unchanged', async () => {
		const wf = await trigger.publish({ options: {} });
		await trigger.incoming('image');
		await wf.idle();
		const event = wf.executions[0]?.items[0]?.json as { device: string; media: { reference: string } };
		const { bench } = trigger;
		const { outputs, error } = await bench().run({
			resource: 'message',
			operation: 'downloadMedia',
			device: { __rl: true, mode: 'id', value: event.device },
			mediaReference: event.media.reference,
			binaryPropertyName: 'data',
		});
		expect(error).toBeUndefined();
		const bytes = await bench().engine.binaryBuffer(outputs[0]?.[0], 'data');
		expect(bytes.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
	});
});
