import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import {
	defaultCountryOption,
	optionsField,
	timeLimitMs,
	timeLimitOption,
} from '../../shared/messaging/fields/options';
import type { GatewayFailure } from '../../shared/http/gatewayError';
import { requiredId, requiredText } from '../../shared/messaging/fields/schemas';
import { field, type Field } from '../../shared/operations/define/field';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { without } from '../../shared/operations/define/outputFields';
import { jsonRequest } from '../api/requests';
import { sent } from '../api/sentMessage';
import { verdictOf } from '../api/validityVerdict';
import { sendFrom } from '../fields/number';
import { phonePair } from '../fields/recipients';

function nameField(
	property: Pick<INodeProperties, 'displayName' | 'name' | 'placeholder' | 'description'>,
): Field<string> {
	return field(
		{ ...property, type: 'string', required: true, default: '' },
		requiredText('enter it here: it is part of the message'),
	);
}

const customerName = nameField({
	displayName: 'Customer Name',
	name: 'customerName',
	placeholder: 'e.g. Sari',
	description: 'How to address the person in the message',
});

const serviceName = nameField({
	displayName: 'Service Name',
	name: 'serviceName',
	placeholder: 'e.g. Login',
	description: 'What the code is for, as shown in the message',
});

const companyName = nameField({
	displayName: 'Company Name',
	name: 'companyName',
	placeholder: 'e.g. Toko Sari',
	description: 'Who sends the code, as shown in the message',
});

/** API reference: `lifetime` "60", a text. That it counts seconds is inferred from the value. */
const lifetime = field(
	{
		displayName: 'Lifetime (Seconds)',
		name: 'lifetime',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description: 'How long the code is valid',
	},
	z.coerce
		.number({ error: 'enter a number of seconds' })
		.int({ error: 'enter whole seconds' })
		.min(1, { error: 'enter at least 1 second' }),
);

const otpCode = field(
	{
		displayName: 'OTP Code',
		name: 'otpCode',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 123456',
		description: 'The code that the person entered',
	},
	requiredId('enter the code that the person entered'),
	{ secret: true },
);

const sendOptions = optionsField(
	[
		defaultCountryOption,
		{
			displayName: 'Include OTP Code',
			name: 'includeOtpCode',
			type: 'boolean',
			default: true,
			description:
				'Whether to include the code itself in the output. Leave it off unless you need it: anyone who sees the execution could use the code, and Validate needs only what the person enters.',
		},
		timeLimitOption,
	],
	{ includeOtpCode: z.boolean().default(false) },
);

const validateOptions = optionsField([timeLimitOption]);

/** Words that are about the code, that deny it, and that show the refusal is about something else. */
const ABOUT_CODE = /\b(?:otp|codes?|kode|passcode)\b/i;
const DENIES =
	/\bin-?valid\b|\bincorrect\b|\bwrong\b|\bexpired?\b|\bnot\b|\bno\b|\bunknown\b|\bused\b|\bmismatch|\bsalah\b|\btidak\b|\bk[ae]d[ae]lu\w{0,2}rsa\b/i;
const ABOUT_OTHERS =
	/\bkey\b|access.?token|secret|package|subscription|parameter|required|request|number.?id|licen[cs]e|device|server/i;

/**
 * Whether a refusal says that the code is wrong or has expired. The API reference's codes do not show it: 400 is a bad request,
 * 404 a wrong number ID, 405 a wrong parameter, and none of them a wrong code. Its one example ("OTP Code is Valid") names
 * the code, so a refusal is about the code if it names it too (inferred).
 */
function isAboutCode({ words = '' }: GatewayFailure): boolean {
	return ABOUT_CODE.test(words) && DENIES.test(words) && !ABOUT_OTHERS.test(words);
}

/** API reference: folder OTP, Send OTP. The answer contains the code. */
const send = defineOperation({
	value: 'send',
	name: 'Send',
	action: 'Send a one-time password',
	description: 'Send a new code to a person. BalesOtomatis creates and stores it; check it with Validate.',
	effect: 'send',
	fields: {
		sendFrom,
		phone: phonePair,
		customerName,
		serviceName,
		companyName,
		lifetime,
		options: sendOptions,
	},
	request: (values) =>
		jsonRequest(
			'/send_otp',
			{
				number_id: values.sendFrom,
				...values.phone,
				customer_name: values.customerName,
				service_name: values.serviceName,
				company_name: values.companyName,
				lifetime: String(values.lifetime),
			},
			timeLimitMs(values.options),
		),
	output: (data, values) => {
		const { country_code, phone_no } = values.phone;
		const whole = sent(data, { phone: country_code + phone_no });
		if (values.options.includeOtpCode) return whole;
		return without(whole, 'otp_code');
	},
});

/**
 * API reference: folder OTP, Validate OTP, which shows only the yes ("OTP Code is Valid"). What a no looks like is not documented;
 * see {@link isAboutCode}.
 */
const validate = defineOperation({
	value: 'validate',
	name: 'Validate',
	action: 'Check a one-time password',
	description: 'Check the code that a person entered. A wrong or expired code returns valid: false, not an error.',
	effect: 'change',
	fields: { otpCode, options: validateOptions },
	run: async (values, { send: ask }) => {
		const request = jsonRequest('/validate_otp', { otp_code: values.otpCode }, timeLimitMs(values.options));
		const { valid, message } = await verdictOf(ask, request, isAboutCode);
		return [{ json: { valid, message } }];
	},
});

export const otp: Resource = { value: 'otp', name: 'OTP', operations: [send, validate] };
