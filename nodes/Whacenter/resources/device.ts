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
import { ALREADY_CONNECTED, RELOG_FIRST, whacenterApi } from '../whacenter.api';
import { formRequest } from '../whacenter.api.requests';

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The largest image accepted, in bytes; a QR code has a few thousand. */
const MOST_BYTES = 5_000_000;

/** What Info Device says about the device; Scan QR Code may answer the same if there is no image. */
const deviceState = z.object({
	data: z.object({ status: z.string().optional(), qr: z.string().optional() }),
});

/** API reference: Info Device. `qr` is "timeout", "done" (observed in use) or the code as text. */
export const getStatus = defineOperation({
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get the device status',
	description:
		'Get the number and name of the device and whether its phone is connected. If qr is "timeout", run Device > Relog before you get the QR code.',
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
	action: 'Get the QR code',
	description: 'Get the QR code as an image, to scan with the phone (WhatsApp > Linked devices)',
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
		words: 'the response was not an image of a QR code',
		status: 200,
		attempts: 1,
	});
}

function noPicture(bytes: Buffer): GatewayError {
	const { status = '', qr = '' } = deviceState.safeParse(parseJson(bytes.toString('utf8'))).data?.data ?? {};
	const isConnected = status === 'CONNECTED' || qr === 'done';
	const words = isConnected
		? 'the device is already connected, so there is no QR code'
		: `there is no QR code to scan now${qr === 'timeout' ? ' (qr: timeout)' : ''}`;
	const hint = isConnected
		? ALREADY_CONNECTED
		: qr === 'timeout'
			? RELOG_FIRST
			: 'Run Device > Relog, wait a few seconds, then get the QR code again.';
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
	description: 'Start a new login for the device. Then get its QR code and scan it.',
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
