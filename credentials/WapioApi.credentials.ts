import type { IAuthenticate, Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { BASE_URL, baseUrlProperty, defaultCountryProperty, inHeaders, refusalRules } from '../nodes/shared/credential';
import { textOf } from '../nodes/shared/text';

/**
 * A token of a Wapio account: a personal access token, which can use every session, or the key of one session. Both are
 * bearer tokens (API reference: its authorization).
 */
export class WapioApi implements ICredentialType {
	name = 'wapioApi';

	displayName = 'Wapio API';

	icon: Icon = {
		light: 'file:../icons/wapio.svg',
		dark: 'file:../icons/wapio.dark.svg',
	};

	documentationUrl = 'https://www.wapio.io/developers';

	properties: INodeProperties[] = [
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. bps_pat_…',
			description:
				'A personal access token (starts with bps_pat_) or the key of one session (bps_sk_). You need a personal access token to create and delete sessions, rotate keys and register webhooks.',
		},
		{
			displayName: 'Default Session ID',
			name: 'sessionId',
			type: 'string',
			default: '',
			placeholder: 'e.g. bps_sess_ws_0123456789',
			description:
				'The session to use when Session is empty in a node. A personal access token needs one, here or in the node. With a session key, enter its own session here, because some operations need it.',
		},
		{
			displayName: 'Webhook Signing Secret',
			name: 'webhookSigningSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Wapio signs its webhooks with this secret of at least 16 characters. Leave empty to let the trigger create its own. If you set the webhook in the Wapio dashboard, enter the same secret there and here. After a change, publish your workflows again.',
		},
		defaultCountryProperty(),
		baseUrlProperty({
			default: 'https://api.wapio.io',
			description: 'Address of the API. Change it only if Wapio gave you a different one.',
		}),
	];

	authenticate: IAuthenticate = inHeaders(({ token }) => ({ Authorization: `Bearer ${textOf(token).trim()}` }));

	/** API reference: folder Sessions, List sessions. It works with both kinds of token. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: BASE_URL,
			url: '/v1/whatsapp-sessions',
			qs: { limit: 1 },
		},
		rules: refusalRules({
			codes: [401, 403],
			body: 'code',
			message: 'Wapio does not recognize this token, or it was revoked. Check Token and Base URL.',
		}),
	};
}
