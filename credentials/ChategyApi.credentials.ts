import type { IAuthenticate, Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { BASE_URL, baseUrlProperty, defaultCountryProperty, inHeaders, refusalRules } from '../nodes/shared/credential';
import { textOf } from '../nodes/shared/text';

/**
 * One Chategy account (an instance). API reference, Available endpoints: each request carries its access token as
 * `Authorization: Bearer …`. The Base URL is a field because one platform runs under several names (documentation of
 * Chategy, Chatpush, PushSMS and JetAPI).
 */
export class ChategyApi implements ICredentialType {
	name = 'chategyApi';

	displayName = 'Chategy API';

	icon: Icon = {
		light: 'file:../icons/chategy.svg',
		dark: 'file:../icons/chategy.dark.svg',
	};

	documentationUrl = 'https://docs.chategy.io';

	properties: INodeProperties[] = [
		{
			displayName: 'Client Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Find it in your Chategy personal account, or in the response when the Developer API creates an instance',
		},
		{
			displayName: 'Idempotency Key',
			name: 'idempotencyKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Find it in your Chategy personal account. With it, Chategy recognizes a repeated message, so the node can safely retry if a response is lost.',
		},
		defaultCountryProperty(),
		baseUrlProperty({
			default: 'https://api.chategy.io',
			description:
				'Address of the API without a path. Other services on the same platform have their own, for example https://api.chatpush.ru.',
		}),
		{
			displayName: 'WebSocket URL',
			name: 'webSocketUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. wss://api.chategy.io/socket/websocket',
			description: 'Address for the Telegram login. Leave empty to derive it from the Base URL.',
		},
		{
			displayName: 'WhatsApp WebSocket URL',
			name: 'whatsAppWebSocketUrl',
			type: 'string',
			default: 'wss://msg-farmer.pushsms.ru/socket/websocket',
			description: 'Address for the WhatsApp login. Chategy must first allow the IP address of this n8n.',
		},
	];

	authenticate: IAuthenticate = inHeaders(({ accessToken }) => ({
		Authorization: `Bearer ${textOf(accessToken).trim()}`,
	}));

	/** Viewing account information. A refusal may come with HTTP 200 (provider's documentation). */
	test: ICredentialTestRequest = {
		request: {
			baseURL: BASE_URL,
			url: '/api/v1/account',
		},
		rules: refusalRules({
			codes: [400, 401, 403, 404],
			body: 'meta.code',
			message: 'Chategy does not recognize this token. Check Client Access Token and Base URL.',
		}),
	};
}
