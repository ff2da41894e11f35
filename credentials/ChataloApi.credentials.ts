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
 * The key pair of a Chatalo account (Member Area, Integration > API Key & Apps). Each request carries both keys as
 * headers, as every request of the API reference shows.
 */
export class ChataloApi implements ICredentialType {
	name = 'chataloApi';

	displayName = 'Chatalo API';

	icon: Icon = {
		light: 'file:../icons/chatalo.svg',
		dark: 'file:../icons/chatalo.dark.svg',
	};

	documentationUrl = 'https://documenter.getpostman.com/view/42642619/2sAYdfpB6t';

	properties: INodeProperties[] = [
		{
			displayName: 'Public Key',
			name: 'publicKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'In the Member Area under Integration > API Key & Apps',
		},
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'In the Member Area under Integration > API Key & Apps, beside the public key',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://chatalo.com/api/v1',
			description: 'Address of the API. Change it only if Chatalo gave you another one.',
		},
	];

	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => ({
		...requestOptions,
		headers: {
			...requestOptions.headers,
			'X-Public-Key': textOf(credentials.publicKey).trim(),
			'X-Secret-Key': textOf(credentials.secretKey).trim(),
		},
	});

	/** Get Profile: "useful for checking the status of your API Key". It may refuse with HTTP 200. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}',
			url: '/profile',
		},
		rules: refusalRules([400, 401, 403], {
			key: 'meta.code',
			message: 'Chatalo does not know these keys. Check Public Key, Secret Key and Base URL.',
		}),
	};
}
