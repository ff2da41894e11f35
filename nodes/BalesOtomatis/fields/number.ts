import { requiredId } from '../../shared/messaging/fields/schemas';
import type { Field } from '../../shared/operations/define/field';
import { locator } from '../../shared/operations/define/locator';
import { textOf } from '../../shared/text';

/** API reference: `number_id`, the connected WhatsApp number that does the work. Left empty, it is the credential's. */
export const numberId: Field<string> = {
	properties: [
		locator({
			displayName: 'Number',
			name: 'number',
			description: 'The connected WhatsApp number that does the work',
			hint: 'Empty: the default number of the credential',
			search: 'searchNumbers',
			byHand: { placeholder: 'e.g. BO-0123456789abcde' },
		}),
	],
	read: ({ parameter, credential }) => textOf(parameter('number')).trim() || textOf(credential('numberId')).trim(),
	schema: requiredId('choose a number from the list, or fill in Default Number ID in the credential'),
};

/** API reference: `licenses_key`, the key of a WhatsApp Business API number. Left empty, it is the credential's. */
export const licenseKey: Field<string> = {
	properties: [
		{
			displayName: 'License Key',
			name: 'licenseKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				"The key of the WhatsApp Business API number (it starts with WB-). Left empty, it is the credential's Default License Key.",
		},
	],
	read: ({ parameter, credential }) =>
		textOf(parameter('licenseKey')).trim() || textOf(credential('licenseKey')).trim(),
	schema: requiredId('fill in the key of the number, or Default License Key in the credential'),
	secret: true,
};
