import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

type Rules = NonNullable<ICredentialTestRequest['rules']>;

/** The Base URL of a credential without slashes at its end, in n8n's expression language: for a credential's test. */
export const BASE_URL = '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}';

/** The field Base URL of a credential, which `fromCredential` reads. */
export function baseUrlProperty({
	default: usual,
	description,
}: {
	default: string;
	description: string;
}): INodeProperties {
	return {
		displayName: 'Base URL',
		name: 'baseUrl',
		type: 'string',
		required: true,
		default: usual,
		description,
	};
}

/** The country of national numbers, for all operations that have none of their own; every credential has it. */
export function defaultCountryProperty(): INodeProperties {
	return {
		displayName: 'Default Country',
		name: 'defaultCountry',
		type: 'string',
		default: '',
		placeholder: 'e.g. ID',
		description:
			'Two-letter code of the country that numbers starting with 0 belong to, for example ID for Indonesia. The option of the same name in a node takes its place.',
	};
}

/** The `authenticate` of a credential whose keys go into headers. */
export function inHeaders(
	headersOf: (credentials: ICredentialDataDecryptedObject) => Record<string, string>,
): IAuthenticate {
	return async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => ({
		...requestOptions,
		headers: { ...requestOptions.headers, ...headersOf(credentials) },
	});
}

/**
 * Rules for a credential's test that tell a refusal, whether it comes as HTTP status or with HTTP 200 and a code in the
 * body. Without them n8n shows the bare status text, or takes the latter for a success.
 *
 * @param refusal `codes` that mean no, the same in both places, in the body as number or text; `body`: path of the code
 *   there; `message`: what the user reads
 */
export function refusalRules({ codes, body, message }: { codes: number[]; body: string; message: string }): Rules {
	const byStatus = codes.map((value) => ({
		type: 'responseCode' as const,
		properties: { value, message },
	}));
	const asWritten = codes.flatMap((code): Array<string | number> => [code, String(code)]);
	const byBody = asWritten.map((value) => bodyRule({ key: body, value, message }));
	// n8n goes through one list of both kinds; its type only knows lists of one.
	return [...byStatus, ...byBody] as unknown as Rules;
}

/**
 * Rules for the test of a provider that refuses with HTTP 200 and `false` in the body.
 *
 * @param refusal `body`: under which names it may be; `message`: what the user reads
 */
export function falseRules({ body, message }: { body: string[]; message: string }): Rules {
	return body.map((key) => bodyRule({ key, value: false, message }));
}

function bodyRule<T>(properties: { key: string; value: T; message: string }) {
	return { type: 'responseSuccessBody' as const, properties };
}
