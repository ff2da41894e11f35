import type { INodeProperties } from 'n8n-workflow';
import { requiredId } from '../../shared/messaging/fields/schemas';
import type { Field } from '../../shared/operations/define/field';
import { locator } from '../../shared/operations/define/locator';
import { textOf } from '../../shared/text';

/** API reference: `number_id`, a connected WhatsApp number. If left empty, it is the credential's. */
function numberField(labels: Pick<INodeProperties, 'displayName' | 'description'> & { name: string }): Field<string> {
	return {
		properties: [
			locator({
				...labels,
				hint: "Leave empty to use the credential's default number",
				search: 'searchNumbers',
				byHand: { placeholder: 'e.g. BO-0123456789abcde' },
			}),
		],
		read: ({ parameter, credential }) =>
			textOf(parameter(labels.name)).trim() || textOf(credential('numberId')).trim(),
		schema: requiredId('choose a number from the list, or set Default Number ID in the credential'),
	};
}

/** The number that sends a message. */
export const sendFrom = numberField({
	displayName: 'Send From',
	name: 'number',
	description: 'The connected WhatsApp number that sends the message',
});

/** The number whose WhatsApp is used where nothing is sent. */
export const connectedNumber = numberField({
	displayName: 'Connected Number',
	name: 'connectedNumber',
	description: 'Which of your connected WhatsApp numbers to use',
});

/** API reference: `licenses_key`, the key of a WhatsApp Business API number. If left empty, it is the credential's. */
export const licenseKey: Field<string> = {
	properties: [
		{
			displayName: 'License Key',
			name: 'licenseKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. WB-0123456789',
			description: 'The key of the WhatsApp Business API number. It starts with WB-.',
			hint: "Leave empty to use the credential's default license key",
		},
	],
	read: ({ parameter, credential }) =>
		textOf(parameter('licenseKey')).trim() || textOf(credential('licenseKey')).trim(),
	schema: requiredId('enter the key of the number, or set Default License Key in the credential'),
	secret: true,
};
