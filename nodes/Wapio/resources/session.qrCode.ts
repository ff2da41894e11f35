import { GatewayError } from '../../shared/http/gatewayError';
import { path } from '../../shared/http/request';
import { binaryOutput } from '../../shared/messaging/fields/files';
import { qrPng } from '../../shared/messaging/qrCode';
import { extensionOf } from '../../shared/mimeType';
import { isObject } from '../../shared/object';
import { defineOperation } from '../../shared/operations/define/operation';
import { textOf } from '../../shared/text';
import { wapioApi } from '../api/wapioApi';
import { sessionId } from '../fields/session';

/** Names seen for the value, the API reference's first. */
const NAMES = ['qr', 'qrcode', 'qrCode', 'code', 'pairing_code'];

const DATA_URI = /^data:image\/([a-z0-9.+-]+)(?:;[^,;]*)*;base64,/i;

/** How the base64 of every PNG starts. */
const BARE_PNG = 'iVBORw0KGgo';

const WHEN_NONE =
	'A connected session needs no QR code; check its status with Session > Get. If it is not connected, run Session > Connect, wait a few seconds and get the QR code again.';

/** API reference: folder Sessions, Get the pairing QR code: "image/data-uri or string". */
export const getQrCode = defineOperation({
	value: 'getQrCode',
	name: 'Get QR Code',
	action: 'Get the QR code',
	description:
		'Get the QR code of a session as an image in a binary field, to scan with the phone (WhatsApp > Linked devices). Run Connect first.',
	effect: 'read',
	fields: { session: sessionId, binaryOutput },
	run: async (values, { send, storeBinary }) => {
		const { data, status } = await send({
			method: 'GET',
			path: path`/v1/whatsapp-sessions/${values.session}/qrcode`,
		}).catch((error: unknown) => {
			throw withHint(error);
		});
		const qr = valueIn(data);
		if (qr === undefined) throw noCode(status);
		const { bytes, extension, mimeType } = pictureOf(qr);
		const binary = await storeBinary(bytes, `wapio-qr.${extension}`, mimeType);
		return [{ json: { session_id: values.session, qr }, binary: { [values.binaryOutput]: binary } }];
	},
});

function valueIn(data: unknown): string | undefined {
	if (typeof data === 'string') return data.trim() || undefined;
	if (!isObject(data)) return undefined;
	const found = NAMES.map((name) => data[name]).find((value) => isObject(value) || textOf(value).trim() !== '');
	return isObject(found) ? valueIn(found) : textOf(found).trim() || undefined;
}

/** The image in the value, or an image made from it. */
function pictureOf(qr: string): { bytes: Buffer; extension: string; mimeType: string } {
	const type = DATA_URI.exec(qr)?.[1]?.toLowerCase();
	if (type === undefined && qr.startsWith(BARE_PNG)) return pictureOf(`data:image/png;base64,${qr}`);
	if (type === undefined) return { bytes: qrPng(qr), extension: 'png', mimeType: 'image/png' };
	const bytes = Buffer.from(qr.slice(qr.indexOf(',') + 1), 'base64');
	const mimeType = `image/${type}`;
	return { bytes, extension: extensionOf(mimeType) ?? type, mimeType };
}

/** API reference: 409 says that the session is in a state without a QR code. */
function withHint(error: unknown): unknown {
	if (!(error instanceof GatewayError) || error.failure.status !== 409) return error;
	return new GatewayError({ ...error.failure, hint: WHEN_NONE }, { cause: error });
}

function noCode(status: number): GatewayError {
	return new GatewayError({
		provider: wapioApi.displayName,
		kind: 'refused',
		outcome: 'refused',
		words: 'there is no QR code to scan right now',
		hint: WHEN_NONE,
		status,
		attempts: 1,
	});
}
