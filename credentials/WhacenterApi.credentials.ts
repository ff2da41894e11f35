import type {
	IAuthenticate,
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { BASE_URL, baseUrlProperty, defaultCountryProperty, falseRules } from '../nodes/shared/credential';
import { textOf } from '../nodes/shared/text';

/** Where requests of n8n's older HTTP Request node have their forms. */
const FORM_KEYS = ['form', 'formData', 'body'] as const;

/**
 * A Whacenter device. Its id is the only key: the API reference's requests carry it as `device_id`, in the query of a GET
 * and as a form field of a POST. A request that names a different device keeps it.
 */
export class WhacenterApi implements ICredentialType {
	name = 'whacenterApi';

	displayName = 'Whacenter API';

	icon: Icon = {
		light: 'file:../icons/whacenter.svg',
		dark: 'file:../icons/whacenter.dark.svg',
	};

	documentationUrl = 'https://documenter.getpostman.com/view/8030970/UUy67kCg';

	properties: INodeProperties[] = [
		{
			displayName: 'Device ID',
			name: 'deviceId',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Find it in the Whacenter dashboard under Device. Anyone who knows it can send messages from your number.',
		},
		defaultCountryProperty(),
		baseUrlProperty({
			default: 'https://app.whacenter.com/api',
			description:
				'Address of the API. For a Device ID with dashes, as the newer dashboard has them, use https://api.whacenter.com/api.',
		}),
	];

	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const deviceId = textOf(credentials.deviceId).trim();
		const withDevice = (values: IDataObject): IDataObject => ({
			...values,
			device_id: textOf(values.device_id).trim() || deviceId,
		});
		const options: IHttpRequestOptions & { form?: unknown; formData?: unknown } = requestOptions;
		const isRead = /^(GET|HEAD)$/i.test(options.method ?? 'GET');
		const place = isRead ? undefined : FORM_KEYS.find((key) => isPlainObject(options[key]));
		// Whacenter also reads the query of a POST (observed in use), for bodies that no field can be added to.
		if (place === undefined) return { ...options, qs: withDevice(options.qs ?? {}) };
		return { ...options, [place]: withDevice(options[place] as IDataObject) };
	};

	/** Info Device. It answers HTTP 200 with `status: false` for a device it does not know. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: BASE_URL,
			url: '/statusDevice',
		},
		rules: falseRules({
			body: ['status', 'success'],
			message: 'Whacenter does not recognize this device. Check Device ID and Base URL.',
		}),
	};
}

function isPlainObject(value: unknown): value is IDataObject {
	if (typeof value !== 'object' || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}
