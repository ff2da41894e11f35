import type {
	IAuthenticate,
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { BASE_URL, baseUrlProperty, defaultCountryProperty, refusalRules } from '../nodes/shared/credential';
import { before, textOf } from '../nodes/shared/text';

/** The requests of the API reference's folder WhatsApp Business API, which call the key `secret_key`. */
const BUSINESS_API = /\/(create-template|get-template-list|send_message_template|send_meta_personal_message)\/?$/;

/**
 * The access token of a BalesOtomatis account (Integration > Access Token). Every request of the API reference is a POST of
 * JSON with the token in its body: as `api_key`, or as `secret_key` in the folder WhatsApp Business API.
 */
export class BalesOtomatisApi implements ICredentialType {
	name = 'balesOtomatisApi';

	displayName = 'BalesOtomatis API';

	icon: Icon = {
		light: 'file:../icons/balesotomatis.svg',
		dark: 'file:../icons/balesotomatis.dark.svg',
	};

	documentationUrl = 'https://documenter.getpostman.com/view/38034794/2sAXqzXduR';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Find it in the BalesOtomatis Member Area under Integration > Access Token',
		},
		{
			displayName: 'Default Number ID',
			name: 'numberId',
			type: 'string',
			default: '',
			placeholder: 'e.g. BO-0123456789abcde',
			description: 'The connected number to use when a node chooses none',
		},
		{
			displayName: 'Default License Key',
			name: 'licenseKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. WB-0123456789',
			description:
				'For the WhatsApp Business API: the key of the number to use when a node has none. It starts with WB-.',
		},
		defaultCountryProperty(),
		baseUrlProperty({
			default: 'https://api.balesotomatis.id/public/v1',
			description: 'Address of the API. Change it only if BalesOtomatis gave you a different one.',
		}),
	];

	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const options: IHttpRequestOptions & { uri?: string } = requestOptions;
		const address = before(textOf(options.url ?? options.uri), '?#');
		const name = BUSINESS_API.test(address) ? 'secret_key' : 'api_key';
		const body: unknown = options.body ?? {};
		// A body that is not an object is not a request of this API; nothing can be added to it.
		const isObject = typeof body === 'object' && Object.getPrototypeOf(body) === Object.prototype;
		return isObject ? { ...options, body: { ...body, [name]: textOf(credentials.apiKey).trim() } } : options;
	};

	/** API reference: folder General, Info. It may refuse with HTTP 200 and a code in the body. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: BASE_URL,
			url: '/info',
			method: 'POST',
			body: {},
			json: true,
		},
		rules: refusalRules({
			codes: [400, 401, 403, 404, 405],
			body: 'code',
			message: 'BalesOtomatis does not recognize this API key. Check API Key and Base URL.',
		}),
	};
}
