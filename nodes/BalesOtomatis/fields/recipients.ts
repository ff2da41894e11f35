import { z } from 'zod';
import { groupField } from '../../shared/messaging/fields/group';
import { phoneNumber } from '../../shared/messaging/fields/recipients';
import { splitNumber } from '../../shared/messaging/phoneNumber';
import { withoutGroupSuffix } from '../../shared/messaging/whatsAppId';
import { type Field } from '../../shared/operations/define/field';

/**
 * API reference: the pair `phone_no` and `country_code` ("62"), filled from one international number. The first without
 * country code and trunk 0: both forms are in use, and this one fits the pair (inferred).
 */
export const phonePair: Field<{ phone_no: string; country_code: string }> = {
	...phoneNumber,
	schema: phoneNumber.schema.transform((digits, context) => {
		const parts = splitNumber(digits);
		if (parts) return { phone_no: parts.national, country_code: parts.countryCode };
		const message = `"${digits}" does not start with a country code. Write it like 6281234567890`;
		context.addIssue({ code: 'custom', path: ['phoneNumber'], message });
		return z.NEVER;
	}),
};

/** API reference: `group_id`, as folder Grabbing, Group gives it: without "@g.us". An id with the suffix is accepted too. */
export const group: Field<string> = groupField({
	description: 'A group of the number in Send From, which must be an admin of the group',
	example: '120363322806000000',
	hasSuffix: false,
	describe: (value) => `"${withoutGroupSuffix(value)}"`,
});
