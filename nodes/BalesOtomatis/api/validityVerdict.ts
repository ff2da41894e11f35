import { z } from 'zod';
import { GatewayError, type GatewayFailure } from '../../shared/http/gatewayError';
import type { GatewayRequest } from '../../shared/http/request';
import type { OperationContext } from '../../shared/operations/define/operation';
import { textOf } from '../../shared/text';

/** Whether it is valid, with the provider's words. */
interface ValidityVerdict {
	valid: boolean;
	message: string;
}

/**
 * Sends a check whose "no" comes as a refusal.
 *
 * @param isNo whether a refusal in the provider's own form is the answer "no"; other refusals are failures
 * @throws GatewayError for every failure that is not a "no": wrong key, rate limit, time-out, a page instead of an answer
 */
export async function verdictOf(
	send: OperationContext['send'],
	request: GatewayRequest,
	isNo: (failure: GatewayFailure) => boolean,
): Promise<ValidityVerdict> {
	return await send(request).then(
		({ data }) => ({ valid: true, message: messageIn(data) }),
		(error: unknown) => {
			const failure = error instanceof GatewayError ? error.failure : undefined;
			if (failure && isOwnRefusal(failure) && isNo(failure)) {
				return { valid: false, message: failure.words ?? '' };
			}
			throw error;
		},
	);
}

/** A refusal in the provider's own form has a code; a web page with the status 404 has none. */
function isOwnRefusal({ kind, outcome, code }: GatewayFailure): boolean {
	return kind === 'refused' && outcome === 'refused' && code !== undefined;
}

function messageIn(data: unknown): string {
	return textOf(z.object({ message: z.unknown() }).safeParse(data).data?.message);
}
