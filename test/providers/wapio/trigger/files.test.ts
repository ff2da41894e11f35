import { type EventOf } from '../../../../sandbox';
import { startScriptedServer } from '../../../support/scriptedServer';
import { useSignedTrigger } from './calls';

const trigger = useSignedTrigger();
const { publish, incoming } = trigger;

describe('files', () => {
	const image = async (overrides: Record<string, unknown> = {}, event: EventOf<'wapio'> = 'image') => {
		const wf = await publish({ options: { downloadMedia: true, binaryPropertyName: 'photo' } });
		await incoming(event, { overrides });
		await new Promise((resolve) => setTimeout(resolve, 300));
		await wf.idle();
		return wf.executions[0]?.items[0];
	};

	it('are fetched into binary on request', async () => {
		const item = await image();
		expect(item?.json.mediaError).toBeUndefined();
		expect(item?.binary?.photo).toMatchObject({ mimeType: 'image/jpeg' });
		expect((await trigger.bench().engine.binaryBuffer(item, 'photo')).subarray(0, 2)).toEqual(
			Buffer.from([0xff, 0xd8]),
		);
	});

	it('are not fetched from the inside of the network, and the message is not held back', async () => {
		const inside = await startScriptedServer({
			headers: { 'content-type': 'image/png' },
			body: Buffer.from('89504e470d0a1a0a', 'hex'),
		});
		try {
			const item = await image({
				data: { messages: { message: { imageMessage: { url: `${inside.url}/photo.png` } } } },
			});
			expect(inside.requests).toHaveLength(0);
			expect(item?.json).toMatchObject({ type: 'image', mediaError: expect.any(String) as string });
			expect(item?.binary).toBeUndefined();
		} finally {
			await inside.close();
		}
	});

	it('that only WhatsApp could decrypt do not hold the message back, and their address is not passed on as one', async () => {
		const item = await image({}, 'encrypted');
		expect(item?.json).toMatchObject({
			type: 'image',
			media: { url: null, mimeType: 'image/jpeg' },
			mediaError: expect.any(String) as string,
		});
		expect(item?.binary).toBeUndefined();
	});

	it('that have no address do not hold the message back', async () => {
		const item = await image({ data: { messages: { message: { imageMessage: { url: undefined } } } } });
		expect(item?.json).toMatchObject({ type: 'image', mediaError: expect.any(String) as string });
	});
});
