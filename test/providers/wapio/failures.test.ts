import { wapioAccount } from '../../../sandbox';
import { describeFailureTable } from '../../support/tables/failureTable';
import { byId, recipients, wapio } from './bench';

const { pat, sessionKey, sessions } = wapioAccount;
const STRANGER = 'bps_pat_not-the-right-token';

const refused = {
	description: /Nothing was sent\./,
	requests: 1,
	accepted: 0,
	facts: { outcome: 'refused', attempts: 1 },
};

/** A refusal by the server's own status, in the form of the API reference. */
const withStatus = (status: number, body: unknown) => ({
	...refused,
	fault: { kind: 'status' as const, status, body },
	facts: { ...refused.facts, httpCode: status },
});

describeFailureTable({
	displayName: 'Wapio',
	provider: wapio,
	keyed: true,
	sentStatus: 202,
	secrets: [pat, sessionKey, STRANGER],
	read: { parameters: { resource: 'session', operation: 'get' }, has: 'session_id' },
	change: { resource: 'session', operation: 'restart', session: byId(wapioAccount.sessions.connected) },
	lines: [
		{
			...refused,
			name: 'a token that there is not',
			credential: { token: STRANGER },
			message: /^Wapio did not accept the credential: "Missing or invalid Bearer token/,
			facts: { ...refused.facts, httpCode: 401 },
			failure: { cause: 'credential-invalid' },
		},
		{
			...refused,
			name: 'a session that is not connected',
			parameters: { session: byId(sessions.disconnected) },
			message: /^Wapio refused the request: "Session is not connected \(disconnected\)/,
			facts: { ...refused.facts, httpCode: 409 },
		},
		{
			...refused,
			name: 'a session that there is not',
			parameters: { session: byId('bps_sess_ws_nobody') },
			message: /^Wapio refused the request: "Resource not found, or not visible to this caller/,
			facts: { ...refused.facts, httpCode: 404 },
		},
		{
			...refused,
			name: "another session than the key's own",
			credential: { token: sessionKey, sessionId: '' },
			parameters: { session: byId(sessions.disconnected) },
			message:
				/^Wapio refused the request: "session_id in request does not match the session this API key is bound to/,
			facts: { ...refused.facts, httpCode: 422 },
		},
		{
			...withStatus(422, {
				success: false,
				message: 'Validation failed',
				reason_code: 'validation_error',
				errors: { to: ['Required'], text: ['Too long'] },
			}),
			name: 'fields that are wrong, each named',
			message: /^Wapio refused the request: "Validation failed.*to.*Required.*text.*Too long.*"$/,
		},
		{
			...withStatus(200, {
				success: false,
				message: 'The session is asleep',
				reason_code: 'session_unavailable',
			}),
			name: '"no" inside HTTP 200',
			message: /^Wapio refused the request: "The session is asleep/,
		},
		{
			...withStatus(422, {
				success: false,
				message: `The token ${pat} is bound elsewhere`,
				reason_code: 'validation_failed',
			}),
			name: 'a refusal that repeats the token',
			message: /^Wapio refused the request: "The token (\*\*\*|bps_pat_…) is bound elsewhere/,
		},
	],
	more: (bench) => {
		it('a message sent once more (Resend) has no key, and is not repeated', async () => {
			const { control } = bench().sandbox;
			const sent = await bench().run(bench().sendText, { items: recipients(1) });
			control.fault({ kind: 'dropAfter', path: /resend$/, times: Infinity });
			const parameters = {
				resource: 'message',
				operation: 'resend',
				messageId: sent.outputs[0]?.[0]?.json.messageId as string,
			};
			const result = await bench().run(parameters);
			expect(result.error?.message).toMatch(/may have been sent$/);
			expect(control.requests({ path: /resend$/ })).toHaveLength(1);
			expect(control.messages()).toHaveLength(2);
		});
	},
});
