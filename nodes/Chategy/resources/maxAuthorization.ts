import {
	defaultCountryOption,
	optionsField,
	timeLimitMs,
	timeLimitOption,
} from '../../shared/messaging/fields/options';
import { ofCredential } from '../../shared/messaging/fields/ofCredential';
import { phoneNumber } from '../../shared/messaging/fields/recipients';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { secretText } from '../fields/authorization';

const options = optionsField([defaultCountryOption, timeLimitOption]);

const code = secretText({
	displayName: 'Code',
	name: 'code',
	placeholder: 'e.g. 848158',
	description: 'The code that MAX sent to the phone',
	missing: 'enter the code that MAX sent to the phone',
});

/** API reference: MAX Authorization, Phone number verification. */
const sendPhone = defineOperation({
	value: 'sendPhone',
	name: 'Send Phone Number',
	action: 'Send the phone number to MAX',
	description: 'Start the MAX login: MAX sends a code to this phone number',
	effect: 'change',
	fields: { phone: phoneNumber, options },
	request: (values) => ({
		method: 'POST',
		path: '/api/v1/max/send_phone',
		query: { phone: values.phone },
		timeLimitMs: timeLimitMs(values.options),
	}),
});

/** API reference: MAX Authorization, Code confirmation. */
const sendCode = defineOperation({
	value: 'sendCode',
	name: 'Send Code',
	action: 'Send the code to MAX',
	description: 'Complete the MAX login with the code that MAX sent to the phone',
	effect: 'change',
	fields: { code },
	request: (values) => ({ method: 'POST', path: '/api/v1/max/send_code', query: { code: values.code } }),
});

/** API reference: MAX Authorization, Session reset. */
const closeSession = defineOperation({
	value: 'closeSession',
	name: 'Close Session',
	action: 'Close the MAX session',
	description: 'Log the account out of MAX',
	effect: 'change',
	destructive: ['account'],
	fields: { account: ofCredential('Account', 'account') },
	request: () => ({ method: 'POST', path: '/api/v1/max/close_session' }),
});

export const maxAuthorization: Resource = {
	value: 'maxAuthorization',
	name: 'MAX Authorization',
	operations: [sendPhone, sendCode, closeSession],
};
