/** What Whacenter answers: `text/html` that holds JSON, with HTTP 200. */
import type { ContractAnswer } from '../../../contracts/types';

/** The recipient of all messages. */
export const NUMBER = '6285640206067';

/** The content type of every answer. */
export const html = { 'Content-Type': 'text/html; charset=UTF-8' };

/** A yes, as the API reference shows it. */
export const ok = (message: string, data: unknown, expected: Partial<ContractAnswer>): ContractAnswer => ({
	name: '200 OK',
	status: 200,
	headers: html,
	body: JSON.stringify({ status: true, message, data }),
	once: true,
	...expected,
});

/** `setting`: a change that is the same when made twice. */
type Effect = 'read' | 'setting' | 'change' | 'send';

const UNKNOWN: Record<Effect, string[]> = {
	read: [],
	setting: ['may have been made'],
	change: ['may have been made'],
	send: ['may have been sent'],
};

/** What can go wrong with any request. A clear refusal is never retried; a send is not retried whatever comes back. */
export const failures = (effect: Effect): ContractAnswer[] => {
	const once = effect === 'read' || effect === 'setting' ? {} : { once: true as const };
	const unknown = UNKNOWN[effect];
	return [
		{
			name: 'a failure inside HTTP 200',
			status: 200,
			headers: html,
			body: '{"status":false,"message":"device not connected or not found","data":[]}',
			error: { messageIncludes: ['device not connected or not found'] },
			once: true,
		},
		{
			// Checked for by two third parties.
			name: 'a failure inside HTTP 200, as "error" with a reason',
			status: 200,
			headers: html,
			body: '{"status":"error","reason":"The device has expired"}',
			inferred: true,
			error: { messageIncludes: ['The device has expired'] },
			once: true,
		},
		{
			// The newer host.
			name: 'a failure inside HTTP 200, as success: false',
			status: 200,
			headers: html,
			body: '{"success":false,"message":"Invalid device"}',
			inferred: true,
			error: { messageIncludes: ['Invalid device'] },
			once: true,
		},
		{
			name: 'a web page with HTTP 200',
			status: 200,
			headers: html,
			body: '<!DOCTYPE html><html><head><title>Under maintenance</title></head><body></body></html>',
			inferred: true,
			error: { messageIncludes: ['Under maintenance', ...unknown] },
			...once,
		},
		{
			name: '500 with a web page',
			status: 500,
			headers: html,
			body: '<!DOCTYPE html><html><head><title>Server Error</title></head><body></body></html>',
			inferred: true,
			error: { messageIncludes: ['500', ...unknown] },
			...once,
		},
	];
};

/** What all sends are answered, and what all outputs call the same. */
export const sent = (
	recipient: { phone: string } | { groupId: string } = { phone: NUMBER },
	extra: Partial<ContractAnswer> = {},
	status = 'sent',
): ContractAnswer[] => {
	const output = { ...recipient, provider: 'whacenter' };
	return [
		ok(
			'message sent',
			{ id: 88123 },
			{ output: [{ messageId: '88123', status, providerStatus: 'message sent', ...output }], ...extra },
		),
		// In other words, and without an ID.
		ok('berhasil', [], {
			...extra,
			name: '200 OK, without data',
			inferred: true,
			output: [
				{
					messageId: null,
					status: status === 'sent' ? 'accepted' : status,
					providerStatus: 'berhasil',
					...output,
				},
			],
		}),
		...failures('send'),
	];
};
