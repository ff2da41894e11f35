import { requiredId } from '../../shared/messaging/fields/schemas';
import { field, type Field } from '../../shared/operations/define/field';

/** The message that a request is about (API reference: `bps_msg_…`). */
export const messageId: Field<string> = field(
	{
		displayName: 'Message ID',
		name: 'messageId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. bps_msg_0123456789',
		description: 'The ID of the message: messageId in the output of the operation that sent it',
	},
	requiredId('fill in the ID that sending the message gave, for example {{ $json.messageId }}'),
);
