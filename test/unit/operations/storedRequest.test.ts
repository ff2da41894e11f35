import type { FilePart } from '../../../nodes/shared/http/transport/transport';
import type { GatewayRequest } from '../../../nodes/shared/http/request';
import { keepRequest, restoreRequest } from '../../../nodes/shared/operations/run/storedRequest';

const file = (content: string): FilePart => ({
	name: 'file',
	fileName: 'invoice.pdf',
	mimeType: 'application/pdf',
	size: content.length,
	open: async () => await Promise.resolve(Buffer.from(content)),
});
const text = (words: string): GatewayRequest => ({ method: 'POST', path: '/send', json: { text: words } });
const upload = (words: string, content: string): GatewayRequest => ({
	method: 'POST',
	path: '/send_file',
	query: { caption: words },
	multipart: { fields: {}, files: [file(content)] },
});
const account = 'a hash of the account';
const nothing = { account, hasSecrets: () => false };
const never = async () => await Promise.reject(new Error('composed anew'));

describe('a request that is kept to be repeated', () => {
	it('survives the database, and is repeated as it was without being composed anew', async () => {
		const kept = JSON.parse(JSON.stringify(await keepRequest(text('at nine'), nothing))) as never;
		expect(await restoreRequest(kept, account, never)).toEqual(text('at nine'));
	});

	it('holds no bytes of a file, which is opened from the item again', async () => {
		const kept = await keepRequest(upload('at nine', 'the content'), nothing);
		expect(JSON.stringify(kept)).not.toContain('the content');
		const restored = await restoreRequest(
			kept,
			account,
			async () => await Promise.resolve(upload('at ten', 'the content')),
		);
		expect(restored?.query).toEqual({ caption: 'at nine' });
		expect(await restored?.multipart?.files[0]?.open()).toEqual(Buffer.from('the content'));
	});

	it.each([
		['another file', upload('at nine', 'another content')],
		['no file', text('at nine')],
		['two files', { ...upload('', ''), multipart: { fields: {}, files: [file('the content'), file('')] } }],
	])('is not repeated with %s', async (_what, composed) => {
		const kept = await keepRequest(upload('at nine', 'the content'), nothing);
		expect(await restoreRequest(kept, account, async () => await Promise.resolve(composed))).toBeUndefined();
	});

	it.each([
		[
			'a secret is in it',
			text('code 123456'),
			{ account, hasSecrets: (content: string) => content.includes('123456') },
		],
		['it is long', text('x'.repeat(70_000)), nothing],
	])('is kept as a mark where %s, and repeated only if it is composed alike', async (_why, request, options) => {
		const kept = await keepRequest(request, options);
		expect(Object.keys(kept)).toEqual(['mark']);
		expect(await restoreRequest(kept, account, async () => await Promise.resolve(request))).toEqual(request);
		expect(await restoreRequest(kept, account, async () => await Promise.resolve(text('other')))).toBeUndefined();
	});
});
