import type { ICredentialTestRequest } from 'n8n-workflow';

type CodeRules = Extract<ICredentialTestRequest['rules'], Array<{ type: 'responseCode' }>>;

/**
 * Rules for a credential's test that tell a refusal, whether it comes as HTTP status or with HTTP 200 and a code in the
 * body. Without them n8n shows the bare status text, or takes the latter for a success.
 *
 * @param codes that mean no, the same in both places; in the body as number or text
 * @param where `key`: path of the code in the body; `message`: what the user reads
 */
export function refusalRules(
	codes: number[],
	{ key, message }: { key: string; message: string },
): ICredentialTestRequest['rules'] {
	const byStatus = codes.map((value) => ({
		type: 'responseCode' as const,
		properties: { value, message },
	}));
	const asWritten = codes.flatMap((code): Array<string | number> => [code, String(code)]);
	const byBody = asWritten.map((value) => ({
		type: 'responseSuccessBody' as const,
		properties: { key, value, message },
	}));
	// n8n goes through one list of both kinds; its type only knows lists of one.
	return [...byStatus, ...byBody] as CodeRules;
}
