import type { IAuthenticate, Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { BASE_URL, baseUrlProperty, defaultCountryProperty, inHeaders, refusalRules } from '../nodes/shared/credential';
import { textOf } from '../nodes/shared/text';

/**
 * A Chategy developer account, which manages many accounts (instances) and their webhooks. API reference, Developer's: each request
 * carries the key as `Authorization`, without "Bearer".
 */
export class ChategyDeveloperApi implements ICredentialType {
	name = 'chategyDeveloperApi';

	displayName = 'Chategy Developer API';

	icon: Icon = {
		light: 'file:../icons/chategy.svg',
		dark: 'file:../icons/chategy.dark.svg',
	};

	documentationUrl = 'https://docs.chategy.io';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Find it in your developer account at Chategy, or ask its support',
		},
		defaultCountryProperty(),
		baseUrlProperty({
			default: 'https://api.chategy.io',
			description:
				'Address of the API without a path. Other services on the same platform have their own, for example https://api.chatpush.ru.',
		}),
	];

	authenticate: IAuthenticate = inHeaders(({ apiKey }) => ({ Authorization: textOf(apiKey).trim() }));

	/** Getting information about all instances, only the first one. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: BASE_URL,
			url: '/developer/v1/instances',
			qs: { per_page: 1 },
		},
		rules: refusalRules({
			codes: [400, 401, 403, 404],
			body: 'meta.code',
			message: 'Chategy does not recognize this key. Check API Key and Base URL.',
		}),
	};
}
