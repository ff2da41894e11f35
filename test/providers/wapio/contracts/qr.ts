import type { ContractAnswer } from '../../../contracts/types';

const CODE = '2@wapio,QR,code,text';

/** A PNG of one pixel. */
const pixel = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);

/**
 * Answers to Get the pairing QR code: "QR payload (image/data-uri or string)". The provider's packages find it under
 * several names (provider documentation).
 */
export function qrSamples(sessionId: string): ContractAnswer[] {
	const output = [{ session_id: sessionId, qr: CODE }];
	const image = `data:image/png;base64,${pixel.toString('base64')}`;
	const names = ['qrcode', 'qrCode', 'code'];
	return [
		{ name: '200 OK', status: 200, body: { qr: CODE }, output },
		...names.map((name): ContractAnswer => ({
			name: `200 OK, as ${name}`,
			status: 200,
			body: { [name]: CODE },
			inferred: true,
			output,
		})),
		{ name: '200 OK, wrapped', status: 200, body: { success: true, data: { qr: CODE } }, inferred: true, output },
		{
			name: '200 OK, an image',
			status: 200,
			body: { qr: image },
			binary: { data: { mimeType: 'image/png', content: pixel } },
		},
	];
}
