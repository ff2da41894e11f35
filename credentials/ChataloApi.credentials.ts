import type { IAuthenticate, Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { BASE_URL, baseUrlProperty, defaultCountryProperty, inHeaders, refusalRules } from '../nodes/shared/credential';
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
			description: 'Find it in the Chatalo Member Area under Integration > API Key & Apps',
		},
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Find it in the Chatalo Member Area under Integration > API Key & Apps, next to the public key',
		},
		defaultCountryProperty(),
		baseUrlProperty({
			default: 'https://chatalo.com/api/v1',
			description: 'Address of the API. Change it only if Chatalo gave you a different one.',
		}),
	];

	authenticate: IAuthenticate = inHeaders(({ publicKey, secretKey }) => ({
		'X-Public-Key': textOf(publicKey).trim(),
		'X-Secret-Key': textOf(secretKey).trim(),
	}));

	/** Get Profile: "useful for checking the status of your API Key". It may refuse with HTTP 200. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: BASE_URL,
			url: '/profile',
		},
		rules: refusalRules({
			codes: [400, 401, 403],
			body: 'meta.code',
			message: 'Chatalo does not recognize these keys. Check Public Key, Secret Key and Base URL.',
		}),
	};
}
