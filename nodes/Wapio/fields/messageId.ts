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
		description: 'ID of the sent message: messageId in the output of the node that sent it',
	},
	requiredId('enter the messageId from the node that sent the message, for example {{ $json.messageId }}'),
);
