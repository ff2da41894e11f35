import {
	defaultCountryOption,
	optionsField,
	timeLimitMs,
	timeLimitOption,
} from '../../shared/messaging/fields/options';
import { phoneNumber as number } from '../../shared/messaging/fields/recipients';
import { withPhone } from '../../shared/messaging/phoneOutput';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { each } from '../../shared/operations/define/outputFields';

/** API reference: folder v1, Information about the phone number. */
const lookUpOperator = defineOperation({
	value: 'lookUpOperator',
	name: 'Look Up Operator',
	action: "Look up a number's operator",
	description: 'Get the country and mobile operator of a phone number',
	effect: 'read',
	fields: { number, options: optionsField([defaultCountryOption, timeLimitOption]) },
	request: (values) => ({
		method: 'GET',
		path: '/api/v1/operators/search',
		query: { phone: values.number },
		timeLimitMs: timeLimitMs(values.options),
	}),
	output: each((found) => withPhone(found, 'formatted_phone')),
});

export const phoneNumber: Resource = {
	value: 'phoneNumber',
	name: 'Phone Number',
	operations: [lookUpOperator],
};
