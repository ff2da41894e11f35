import {
	defaultCountryOption,
	optionsField,
	timeLimitMs,
	timeLimitOption,
} from '../../shared/messaging/fields/options';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { jsonRequest } from '../api/requests';
import { verdictOf } from '../api/validityVerdict';
import { connectedNumber } from '../fields/number';
import { phonePair } from '../fields/recipients';

const options = optionsField([defaultCountryOption, timeLimitOption]);

/** Words that deny that a number is on WhatsApp, unless they are about the number ID, a key or the device. */
const ABOUT_NUMBER = /whats ?app|phone|number|nomor/i;
const ABOUT_OTHERS = /number.?id|\bkey\b|parameter|required|device|disconnect|not connected|package/i;
const DENIES = /\bin-?valid\b|\bnot\b|\bno\b|\btidak\b|\bbukan\b/i;

/** API reference: folder General, Info. */
const info = defineOperation({
	value: 'info',
	name: 'Info',
	action: 'Get the account and its numbers',
	description: 'Get the package, the user and the connected numbers with their status',
	effect: 'read',
	fields: {},
	request: () => jsonRequest('/info', {}),
});

/**
 * API reference: folder General, Validate Number. It shows only the yes ("Valid WhatsApp Number"). That a no comes as a
 * refusal, or as a success that denies it, is inferred, so its words decide.
 */
const validateNumber = defineOperation({
	value: 'validateNumber',
	name: 'Validate Number',
	action: 'Check if a number is on WhatsApp',
	description: 'Check whether a phone number is registered on WhatsApp',
	effect: 'read',
	fields: { number: connectedNumber, phone: phonePair, options },
	run: async (values, { send }) => {
		const request = jsonRequest(
			'/validate_number',
			{ number_id: values.number, ...values.phone },
			timeLimitMs(values.options),
		);
		const denies = (words: string): boolean =>
			ABOUT_NUMBER.test(words) && DENIES.test(words) && !ABOUT_OTHERS.test(words);
		const { valid, message } = await verdictOf(send, request, ({ words = '' }) => denies(words));
		return [
			{
				json: {
					phone: values.phone.country_code + values.phone.phone_no,
					exists: valid && !denies(message),
					message,
				},
			},
		];
	},
});

export const general: Resource = {
	value: 'general',
	name: 'General',
	operations: [info, validateNumber],
};
