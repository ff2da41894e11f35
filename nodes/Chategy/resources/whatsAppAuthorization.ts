import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { GatewayError } from '../../shared/http/gatewayError';
import { binaryOutput } from '../../shared/messaging/fields/files';
import { optionsField, timeLimitMs } from '../../shared/messaging/fields/options';
import { ifFilled, requiredId, webAddress } from '../../shared/messaging/fields/schemas';
import { qrPng } from '../../shared/messaging/qrCode';
import type { ItemReader } from '../../shared/operations/define/field';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { inSeconds, textOf } from '../../shared/text';
import { chategyApi } from '../api/chategyApi';
import { customerIdOf, whatsAppRoom, whatsAppState } from '../api/socket/rooms';
import { CodesHandedOn } from '../api/socket/codesHandedOn';
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
	description: 'The customer whose WhatsApp to connect. Leave empty to use the customer in the access token.',
};

/** The customer in the token, if none is entered. */
const customerId = {
	facts: ({ credential }: ItemReader) => ({ ofToken: customerIdOf(credential) ?? '' }),
	schema: z
		.object({ written: z.unknown(), ofToken: z.string() })
		.transform(({ written, ofToken }): unknown => textOf(written).trim() || ofToken)
		.pipe(requiredId('enter it here, because the access token in the credential does not contain it')),
};

const qrLimit = waitLimitOption(QR_LIMIT_S, 'How long to wait for a QR code');
const scanLimit = waitLimitOption(SCAN_LIMIT_S, 'How long to wait for someone to scan the QR code');
const codesUrlOption: INodeProperties = {
	displayName: 'Send Each Code To',
	name: 'codesUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/qr-code',
	description:
		'URL that receives each QR code as an image, for example the production URL of a Webhook node. A new code replaces the old one every 30 to 40 seconds until one is scanned.',
};

const qrOptions = optionsField([customerIdOption, qrLimit], { customerId });
const scanOptions = optionsField([customerIdOption, codesUrlOption, scanLimit], {
	customerId,
	codesUrl: ifFilled(webAddress('https://n8n.example.com/webhook/qr-code')),
});

/** API reference: WSS Whatsapp authorization, Getting a QR code for authorization. */
const getQrCode = defineOperation({
	value: 'getQrCode',
	name: 'Get QR Code',
	action: 'Get the WhatsApp QR code',
	description:
		'Get the QR code as an image in a binary field, to scan with the phone (WhatsApp > Linked devices). It is valid for about 30 seconds. To get new codes until one is scanned, use Wait Until Scanned.',
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

/**
 * API reference, WSS Whatsapp authorization: `"auth": true` means that the code was scanned. A code is valid for 30 to 40 seconds, and
 * the connection must stay open to receive each new one, so codes are delivered while the node waits.
 */
const waitUntilScanned = defineOperation({
	value: 'waitUntilScanned',
	name: 'Wait Until Scanned',
	action: 'Wait until the QR code is scanned',
	description:
		'Wait until someone scans the WhatsApp QR code. The option Send Each Code To posts every new code to a URL while waiting.',
	effect: 'read',
	fields: { options: scanOptions },
	run: async (values, context) => {
		const { customerId: customer, codesUrl } = values.options;
		const limit = timeLimitMs(values.options) ?? SCAN_LIMIT_S * 1000;
		const codes = codesUrl === undefined ? undefined : new CodesHandedOn(context, codesUrl, customer);
		const { wanted } = await visit(
			context,
			whatsAppRoom(context.credential, customer),
			async ({ waitFor }) =>
				await waitFor(
					whatsAppState,
					({ auth, qr_code: qr }) => {
						const isOver = auth === true || codes?.isRefused() === true;
						if (!isOver && qr !== undefined) codes?.add(qr);
						return isOver;
					},
					limit,
				),
		);
		const taken = await codes?.taken();
		if (wanted?.auth === true) return [{ json: { authorized: true, ...(codes && { codesSent: taken }) } }];
		throw new Error(
			`The QR code was not scanned within ${inSeconds(limit)}. Run the node again and scan the new code right away, or increase Time Limit in the options`,
		);
	},
});

function noQrCode(limit: number): GatewayError {
	return new GatewayError({
		provider: chategyApi.displayName,
		kind: 'timeout',
		outcome: 'unknown',
		hint: 'No QR code arrived in time. Try again in a minute, or increase Time Limit in the options.',
		timeLimitMs: limit,
		attempts: 1,
	});
}

export const whatsAppAuthorization: Resource = {
	value: 'whatsAppAuthorization',
	name: 'WhatsApp Authorization',
	operations: [getQrCode, waitUntilScanned],
};
