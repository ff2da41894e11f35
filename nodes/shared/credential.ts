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

/** The country of national numbers, for all operations that set none themselves; every credential has it. */
export function defaultCountryProperty(): INodeProperties {
	return {
		displayName: 'Default Country',
		name: 'defaultCountry',
		type: 'string',
		default: '',
		placeholder: 'e.g. ID',
		description:
			'Two-letter code of the country that numbers starting with 0 belong to, for example ID for Indonesia. The option of the same name in a node overrides it.',
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

/** What servers answer where no API is, of which n8n would show only "Not Found" or the like. */
const WRONG_ADDRESS = [404, 405, 410];

/** Shown if only the address can be wrong. */
const WRONG_ADDRESS_MESSAGE = 'There is no API at this address. Check the Base URL.';

/**
 * Rules for a credential's test that recognize a refusal, whether it comes as HTTP status or with HTTP 200 and a code in the
 * body, and a wrong Base URL. Without them n8n shows the bare status text, or takes a code in the body for a success.
 *
 * @param refusal `codes` that mean no, the same in both places, in the body as number or text; `body`: path of the code
 *   there; `message`: what the user reads
 */
export function refusalRules({ codes, body, message }: { codes: number[]; body: string; message: string }): Rules {
	const byStatus = codes.map((value) => statusRule({ value, message }));
	const asWritten = codes.flatMap((code): Array<string | number> => [code, String(code)]);
	const byBody = asWritten.map((value) => bodyRule({ key: body, value, message }));
	// n8n goes through one list of both kinds; its type only knows lists of one.
	return [...byStatus, ...addressRules(codes), ...byBody] as unknown as Rules;
}

/**
 * Rules for the test of a provider that refuses with HTTP 200 and `false` in the body; see {@link refusalRules}.
 *
 * @param refusal `body`: under which names it may be; `message`: what the user reads
 */
export function falseRules({ body, message }: { body: string[]; message: string }): Rules {
	const byBody = body.map((key) => bodyRule({ key, value: false, message }));
	return [...addressRules([]), ...byBody] as unknown as Rules;
}

/** @param refusals statuses with which the provider refuses a key, so that they say nothing about the address */
function addressRules(refusals: number[]) {
	return WRONG_ADDRESS.filter((status) => !refusals.includes(status)).map((value) =>
		statusRule({ value, message: WRONG_ADDRESS_MESSAGE }),
	);
}

function statusRule(properties: { value: number; message: string }) {
	return { type: 'responseCode' as const, properties };
}

function bodyRule<T>(properties: { key: string; value: T; message: string }) {
	return { type: 'responseSuccessBody' as const, properties };
}
