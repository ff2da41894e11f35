import { type z } from 'zod';
import { requiredId, requiredText } from '../../shared/messaging/fields/schemas';
import { field, type Field } from '../../shared/operations/define/field';
import { textLimit } from '../api/requests';

/** IDs of deliveries, customers and instances are whole numbers. */
export function numericId(missing: string): z.ZodType<string> {
	return requiredId(missing).refine((id) => /^\d+$/.test(id), { error: missing });
}

/** A message that was sent. */
export const messageId: Field<string> = field(
	{
		displayName: 'Message ID',
		name: 'messageId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 94396942',
		description: 'The ID of the message: messageId in the output of Send or Send File',
	},
	numericId('enter the ID that Send returned, a whole number, for example {{ $json.messageId }}'),
);

/** The text of a message: API reference, Delivery, `text`. */
export const deliveryText: Field<string> = field(
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: 'e.g. Your order has been shipped.',
		description: `The text of the message, up to ${textLimit.characters} characters. To send a longer one, use the option Long Texts.`,
	},
	requiredText('write the text of the message'),
);
