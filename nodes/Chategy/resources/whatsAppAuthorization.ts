import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { GatewayError } from '../../shared/http/gatewayError';
import { binaryOutput } from '../../shared/messaging/fields/files';
import { optionsField, timeLimitMs } from '../../shared/messaging/fields/options';
import { requiredId } from '../../shared/messaging/fields/schemas';
import { qrPng } from '../../shared/messaging/qrCode';
import type { ItemReader } from '../../shared/operations/define/field';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { textOf } from '../../shared/text';
import { chategyApi } from '../api/chategyApi';
import { customerIdOf, whatsAppRoom, whatsAppState } from '../api/socket/rooms';
import { visit } from '../api/socket/visit';
import { waitLimitOption } from '../fields/authorization';

const QR_LIMIT_S = 60;
const SCAN_LIMIT_S = 300;

const customerIdOption: INodeProperties = {
	displayName: 'Customer ID',
	name: 'customerId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 5390',
	description: 'The customer whose WhatsApp it is. Left empty, it is the one that the access token names.',
};

/** The customer that the token names, where none is filled in. */
const customerId = {
	facts: ({ credential }: ItemReader) => ({ ofToken: customerIdOf(credential) ?? '' }),
	schema: z
		.object({ written: z.unknown(), ofToken: z.string() })
		.transform(({ written, ofToken }): unknown => textOf(written).trim() || ofToken)
		.pipe(requiredId('fill it in here: the access token in the credential does not name the customer')),
};

const qrLimit = waitLimitOption(QR_LIMIT_S, 'How long to wait for a QR code');
const scanLimit = waitLimitOption(SCAN_LIMIT_S, 'How long to wait for somebody to scan the QR code');
const qrOptions = optionsField([customerIdOption, qrLimit], { customerId });
const scanOptions = optionsField([customerIdOption, scanLimit], { customerId });

/** API reference: WSS Whatsapp authorization, Getting a QR code for authorization. */
const getQrCode = defineOperation({
	value: 'getQrCode',
	name: 'Get QR Code',
	action: 'Get the QR code of WhatsApp',
	description:
		'Get the picture to scan with the phone (WhatsApp > Linked devices) into a binary field. It is valid for about 30 seconds.',
	effect: 'read',
	fields: { binaryOutput, options: qrOptions },
	run: async (values, context) => {
		const limit = timeLimitMs(values.options) ?? QR_LIMIT_S * 1000;
		const room = whatsAppRoom(context.credential, values.options.customerId);
		const { wanted } = await visit(
			context,
			room,
			async ({ waitFor }) =>
				await waitFor(whatsAppState, ({ auth, qr_code }) => auth === true || qr_code !== undefined, limit),
		);
		if (!wanted) throw noQrCode(limit);
		const { auth, qr_code: qr } = wanted;
		if (auth === true || qr === undefined) return [{ json: { authorized: true } }];
		const binary = await context.storeBinary(qrPng(qr), 'chategy-whatsapp-qr.png', 'image/png');
		return [{ json: { authorized: false, qr }, binary: { [values.binaryOutput]: binary } }];
	},
});

/** API reference: WSS Whatsapp authorization: `"auth": true` says that the code was scanned. */
const waitUntilScanned = defineOperation({
	value: 'waitUntilScanned',
	name: 'Wait Until Scanned',
	action: 'Wait until the QR code of WhatsApp is scanned',
	description: 'Wait until WhatsApp is connected, for example after Get QR Code was sent to a person',
	effect: 'read',
	fields: { options: scanOptions },
	run: async (values, context) => {
		const limit = timeLimitMs(values.options) ?? SCAN_LIMIT_S * 1000;
		const { wanted } = await visit(
			context,
			whatsAppRoom(context.credential, values.options.customerId),
			async ({ waitFor }) => await waitFor(whatsAppState, ({ auth }) => auth === true, limit),
		);
		if (wanted) return [{ json: { authorized: true } }];
		throw new Error(
			`The QR code was not scanned within ${limit / 1000} seconds. Get a new one and scan it at once, or raise Time Limit in the options`,
		);
	},
});

function noQrCode(limit: number): GatewayError {
	return new GatewayError({
		provider: chategyApi.displayName,
		kind: 'timeout',
		outcome: 'unknown',
		hint: 'No QR code came in this time. Try again in a minute, or raise Time Limit in the options.',
		timeLimitMs: limit,
		attempts: 1,
	});
}

export const whatsAppAuthorization: Resource = {
	value: 'whatsAppAuthorization',
	name: 'WhatsApp Authorization',
	operations: [getQrCode, waitUntilScanned],
};
