import type { IDataObject } from 'n8n-workflow';
import { startScriptedServer } from '../../../support/scriptedServer';
import { post } from '../../../support/tables/trigger/bench';
import { changed, useChategyTrigger } from './calls';

const trigger = useChategyTrigger();
const { publish, incoming } = trigger;

describe('files', () => {
	const PHOTO = Buffer.from('ffd8ffe000104a464946', 'hex');

	/** A message whose file lies at this address. */
	const withFile = (download_url: string) =>
		changed('incomingFile', (payload) => {
			const { message } = payload.new_message as { message: { file_data: IDataObject } };
			message.file_data.download_url = download_url;
		});

	/** The provider and its storage on one host, which is where files may come from in a test. */
	const fetched = async (status: number) => {
		const server = await startScriptedServer(({ path }) => {
			if (path === '/files/photo.jpg') return { status, headers: { 'content-type': 'image/jpeg' }, body: PHOTO };
			const meta = { code: 200, status: 'success' };
			return { body: path.endsWith('webhooks') ? { webhooks: [], meta } : { meta } };
		});
		const credentials = { chategyApi: { accessToken: 'token-for-tests', baseUrl: server.url } };
		try {
			const wf = trigger.deploy({ options: { downloadMedia: true, binaryPropertyName: 'photo' } }, credentials);
			await wf.activate();
			const registered = server.requests.find(({ method }) => method === 'POST');
			const url = registered?.query.find(([name]) => name === 'url')?.[1] ?? '';
			expect((await post(url, withFile(`${server.url}/files/photo.jpg?X-Amz-Signature=made-up`))).status).toBe(
				200,
			);
			await new Promise((resolve) => setTimeout(resolve, 300));
			await wf.idle();
			const item = wf.executions[0]?.items[0];
			return { item, request: server.requests.find(({ path }) => path === '/files/photo.jpg') };
		} finally {
			await server.close();
		}
	};

	it('are fetched into binary from the link, without the credential', async () => {
		const { item, request } = await fetched(200);
		expect(item?.json.mediaError).toBeUndefined();
		expect(item?.binary?.photo).toMatchObject({
			mimeType: 'image/jpeg',
			fileName: expect.stringMatching(/\.jpg$/) as string,
		});
		expect(await trigger.bench().engine.binaryBuffer(item, 'photo')).toEqual(PHOTO);
		expect(request?.query).toEqual([['X-Amz-Signature', 'made-up']]);
		expect(request?.headers).not.toHaveProperty('authorization');
		expect(JSON.stringify(request?.headers)).not.toContain('token-for-tests');
	});

	it('whose link has expired do not hold the message back', async () => {
		const { item } = await fetched(403);
		expect(item?.binary).toBeUndefined();
		expect(item?.json).toMatchObject({ event: 'message', mediaError: expect.any(String) as string });
	});

	it('are not fetched from internal addresses', async () => {
		const inside = await startScriptedServer({ headers: { 'content-type': 'image/jpeg' }, body: PHOTO });
		try {
			const wf = await publish({ options: { downloadMedia: true } });
			await post(await trigger.address(wf), withFile(`${inside.url}/photo.jpg`));
			await new Promise((resolve) => setTimeout(resolve, 300));
			await wf.idle();
			expect(inside.requests).toHaveLength(0);
			expect(wf.executions[0]?.items[0]?.json).toMatchObject({ mediaError: expect.any(String) as string });
		} finally {
			await inside.close();
		}
	});

	it('of the sandbox arrive whole', async () => {
		const wf = await publish({ options: { downloadMedia: true } });
		await incoming('document');
		await new Promise((resolve) => setTimeout(resolve, 300));
		await wf.idle();
		const item = wf.executions[0]?.items[0];
		expect(item?.json.mediaError).toBeUndefined();
		expect((await trigger.bench().engine.binaryBuffer(item)).length).toBeGreaterThan(20);
	});
});
