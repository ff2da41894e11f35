import { text } from '../../shared/messaging/fields/content';
import { optionsField, timeLimitOption } from '../../shared/messaging/fields/options';
import { textMessage } from '../../shared/messaging/fields/textOptions';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { sent } from '../api/outputs';
import { unpagedList } from '../api/pages';
import { messageLogs, sendRequest, textLimit } from '../api/requests';
import { idempotencyKey, wapioKeyOption, idempotencyKeySchema } from '../fields/idempotencyKey';
import { channel as chosenChannel } from '../fields/recipients';
import { delivery } from '../fields/sendFields';
import { session, sessionId } from '../fields/session';

const options = optionsField([wapioKeyOption, timeLimitOption], {
	idempotencyKey: idempotencyKeySchema.optional(),
});

/** API reference: folder Channels (Communities), How to get a Channel ID. */
const getMessageLogs = defineOperation({
	value: 'getMessageLogs',
	name: 'Get Message Logs',
	action: 'Get the message logs of a session',
	description:
		'Get the messages that went through a session. To find the ID of a channel, first send any message in it from your phone; the ID ends with @newsletter.',
	effect: 'read',
	fields: { session: sessionId },
	paging: unpagedList,
	request: (values) => messageLogs(values.session),
});

/** API reference: folder Channels (Communities), Send Channel Message. */
const sendText = defineOperation({
	value: 'sendText',
	name: 'Send Text',
	action: 'Send a text message to a channel',
	description: 'Send a text message to a WhatsApp channel',
	effect: 'send',
	fields: { session, channel: chosenChannel, text, key: idempotencyKey, options },
	textMessage: textMessage({ to: 'channel', limit: textLimit }),
	request: (values, part) =>
		sendRequest(delivery(values, part), { channel_id: values.channel, kind: 'text', text: values.text }),
	output: (data, values) => sent(data, { groupId: values.channel }),
});

export const channel: Resource = {
	value: 'channel',
	name: 'Channel',
	operations: [sendText, getMessageLogs],
};
