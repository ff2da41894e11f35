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

type Trigger = SandboxTriggerBench<'chategy'> | SandboxTriggerBench<'whacenter'> | SandboxTriggerBench<'wapio'>;

/** The first items of messages with such files, none of which is fetched. */
async function received(trigger: Trigger, event: string, files: IDataObject[]): Promise<IDataObject[]> {
	const wf = await trigger.publish({ options: { downloadMedia: true } });
	for (const overrides of files) {
		const { deliveries } = await (trigger as SandboxTriggerBench<'wapio'>).incoming(event as 'image', {
			overrides,
		});
		expect(deliveries.map(({ status }) => status)).toEqual([200]);
	}
	await wf.idle();
	const items = wf.executions.map(({ items: [item] }) => item);
	expect(items.map((item) => item?.binary)).toEqual(files.map(() => undefined));
	return items.map((item) => item?.json ?? {});
}

const isWrite = (): boolean => false;
const TRIGGERS = [
	['chategy', 'document', () => useTriggerBench('chategy', chategy, { isWrite })],
	['whacenter', 'image', () => useTriggerBench('whacenter', whacenter, { isWrite })],
	['wapio', 'image', () => useTriggerBench('wapio', wapio, { isWrite })],
] as const;

describe.each(TRIGGERS)('%s', (name, event, use) => {
	const trigger = use();

	it('an address inside, in any form', async () => {
		const { hits } = inside;
		const addresses = internalAddresses(inside.port);
		const place: (url: string) => IDataObject = PLACES[name];
		const items = await received(
			trigger,
			event,
			addresses.map((address) => place(address)),
		);
		expect(items.map(({ event: kind, mediaErrorKind }, at) => [addresses[at], kind, mediaErrorKind])).toEqual(
			addresses.map((address) => [address, 'message', 'blocked']),
		);
		expect(items.filter(({ mediaError }) => typeof mediaError !== 'string')).toEqual([]);
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
			const [json] = await received(trigger, event, [PLACES[name](`${outside.url}/photo.png`)]);
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

	it('an address inside, in any form, as the address or the path of what is to be decrypted', async () => {
		const { hits, port } = inside;
		const places = [
			...internalAddresses(port).map((url) => ({ url, directPath: null })),
			...[`@127.0.0.1:${port}/a`, `:${port}/a`, `.127.0.0.1:${port}/a`].map((directPath) => ({
				url: null,
				directPath,
			})),
		];
		const mediaKey = Buffer.alloc(32, 7).toString('base64');
		const files = places.map((place) => ({
			data: { messages: { message: { imageMessage: { ...place, mediaKey } } } },
		}));
		const items = await received(trigger, 'image', files);
		expect(items.map(({ event, mediaErrorKind }, at) => [places[at], event, mediaErrorKind])).toEqual(
			places.map((place) => [place, 'message', 'blocked']),
		);
		expect(items.map(({ media }) => (media as IDataObject).isEncrypted)).toEqual(places.map(() => true));
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
