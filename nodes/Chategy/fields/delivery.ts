import { type z } from 'zod';
import { requiredId, requiredText } from '../../shared/messaging/fields/schemas';
import { field, type Field } from '../../shared/operations/define/field';

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

/** A text message: API reference, Delivery, `text`. The limit is from the provider's documentation. */
const MAX_TEXT = 3_500;

/** The text of a message. */
export const deliveryText: Field<string> = field(
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: 'e.g. Your order has been shipped.',
		description: `The text of the message, up to ${MAX_TEXT} characters`,
	},
	requiredText('write the text of the message').superRefine((text, context) => {
		const { length } = [...text];
		if (length <= MAX_TEXT) return;
		const message = `the text has ${length} characters; Chategy accepts at most ${MAX_TEXT}`;
		context.addIssue({ code: 'custom', message });
	}),
);
