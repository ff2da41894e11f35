import type {
	IAuthenticate,
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { refusalRules } from '../nodes/shared/credentialTest';
import { textOf } from '../nodes/shared/text';

/**
 * A Chategy developer, who manages many accounts (instances) and their webhooks. API reference, Developer's: each request
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
			description: "In the developer's personal account, or from Chategy's support",
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.chategy.io',
			description:
				'Address of the API without a path. Other services of the same platform have their own, for example https://api.chatpush.ru.',
		},
	];

	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => ({
		...requestOptions,
		headers: { ...requestOptions.headers, Authorization: textOf(credentials.apiKey).trim() },
	});

	/** Getting information about all instances, the first one of them. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}',
			url: '/developer/v1/instances',
			qs: { per_page: 1 },
		},
		rules: refusalRules([400, 401, 403, 404], {
			key: 'meta.code',
			message: 'Chategy does not know this key. Check API Key and Base URL.',
		}),
	};
}
