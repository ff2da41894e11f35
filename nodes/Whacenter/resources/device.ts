import { z } from 'zod';
import { parseJson } from '../../shared/http/answer';
import { gather } from '../../shared/http/transport/bytes';
import { GatewayError } from '../../shared/http/gatewayError';
import { binaryOutput } from '../../shared/messaging/fields/files';
import { ofCredential } from '../../shared/messaging/fields/ofCredential';
import { withPhone } from '../../shared/messaging/phoneOutput';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { each, renamed } from '../../shared/operations/define/outputFields';
import { RELOG_FIRST, whacenterApi } from '../whacenter.api';
import { formRequest } from '../whacenter.api.requests';

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Bytes of a picture that are taken; a QR code has some thousand. */
const MOST_BYTES = 5_000_000;

/** What Info Device says of the device; an answer to Scan QR Code that is no picture may say the same. */
const deviceState = z.object({
	data: z.object({ status: z.string().optional(), qr: z.string().optional() }),
});

/** API reference: Info Device. `qr` is "timeout", "done" (observed in use) or the code as text. */
export const getStatus = defineOperation({
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get the status of the device',
	description:
		'Get whether the phone is connected, its number and name. With "qr": "timeout", run Relog before you get the QR code.',
	effect: 'read',
	fields: {},
	request: () => ({ method: 'GET', path: '/statusDevice' }),
	output: each((device) => withPhone(renamed(device, { nama: 'name' }), 'nomor')),
});

/**
 * API reference: Scan QR Code. It answers with the bytes of a PNG, or with JSON when there is none (observed in
 * use), so the bytes decide.
 */
export const getQrCode = defineOperation({
	value: 'getQrCode',
	name: 'Get QR Code',
	action: 'Get the QR code of the device',
	description: 'Get the picture to scan with the phone (WhatsApp > Linked devices) into a binary field',
	effect: 'read',
	fields: { binaryOutput },
	run: async (values, { download, storeBinary }) => {
		const { body } = await download({ method: 'GET', path: '/qr', fileType: 'image/png' });
		const bytes = await gather(body, MOST_BYTES);
		if (bytes === undefined) throw tooLarge();
		if (!bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)) throw noPicture(bytes);
		const binary = await storeBinary(bytes, 'whacenter-qr.png', 'image/png');
		const { mimeType, fileName } = binary;
		return [
			{
				json: { mimeType, fileName, fileSize: bytes.length },
				binary: { [values.binaryOutput]: binary },
			},
		];
	},
});

function tooLarge(): GatewayError {
	return new GatewayError({
		provider: whacenterApi.displayName,
		kind: 'unreadable',
		outcome: 'unknown',
		words: 'the answer was no picture of a QR code',
		status: 200,
		attempts: 1,
	});
}

function noPicture(bytes: Buffer): GatewayError {
	const { status = '', qr = '' } = deviceState.safeParse(parseJson(bytes.toString('utf8'))).data?.data ?? {};
	const isConnected = status === 'CONNECTED' || qr === 'done';
	const words = isConnected
		? 'the device is connected already, so there is no QR code'
		: `there is no QR code to scan now${qr === 'timeout' ? ' (qr: timeout)' : ''}`;
	const hint = isConnected
		? 'A QR code is needed only while Get Status says NOT CONNECTED.'
		: qr === 'timeout'
			? RELOG_FIRST
			: 'Run the operation Relog of the resource Device, wait a few seconds and get the QR code again.';
	return new GatewayError({
		provider: whacenterApi.displayName,
		kind: 'refused',
		outcome: 'refused',
		words,
		hint,
		status: 200,
		attempts: 1,
	});
}

/** API reference: Relog Device, which it lists as POST and as GET. */
export const relog = defineOperation({
	value: 'relog',
	name: 'Relog',
	action: 'Log the device in again',
	description: 'Start a new login of the device. Get and scan its QR code afterwards.',
	effect: 'change',
	destructive: ['device'],
	fields: { device: ofCredential('Device', 'device') },
	request: () => formRequest('/relogDevice', {}),
});

export const device: Resource = {
	value: 'device',
	name: 'Device',
	operations: [getStatus, getQrCode, relog],
};
