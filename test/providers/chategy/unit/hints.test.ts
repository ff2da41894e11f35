/* A refusal's hint only advises what the refused operation offers. */
import { chategyApi } from '../../../../nodes/Chategy/api/chategyApi';
import type { GatewayRequest } from '../../../../nodes/shared/http/request';

function hintFor(words: string, path: string, status = 422): string | undefined {
	const request: GatewayRequest = { method: 'POST', path };
	return chategyApi.hint?.(
		{ provider: 'Chategy', kind: 'refused', outcome: 'refused', words, status, attempts: 1 },
		request,
	);
}

it('a refused file type names MIME Type where there is such an option', () => {
	expect(hintFor('invalid mime type', '/api/v1/send_file')).toMatch(/MIME Type in the options/);
	expect(hintFor('invalid mime type', '/api/v1/delivery')).toBeUndefined();
});

it('"not found" is about an ID only if the request has one', () => {
	expect(hintFor('Not found', '/developer/v1/instances/203', 404)).toMatch(/nothing with this ID/);
	expect(hintFor('Not found', '/developer/v1/instances/3748/renew_subscription', 404)).toMatch(
		/nothing with this ID/,
	);
	expect(hintFor('Not found', '/developer/v1/instances/', 404)).toBeUndefined();
});

it('an unknown message names the field of the output that has its ID', () => {
	expect(hintFor('delivery not found', '/api/v1/delivery/7')).toMatch(/messageId from the output of Send/);
});
