import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { type RequestRecord, wapioAccount } from '../../../../sandbox';
import { signature } from '../../../../sandbox/providers/wapio/webhook';
import type { Deployment } from '../../../support/triggerHost';
import { post, type SandboxTriggerBench, useTriggerBench } from '../../../support/tables/trigger/bench';
import { wapio } from '../bench';

const { sessions } = wapioAccount;

/** The signing secret of the credential. */
export const SECRET = 'a-signing-secret-for-tests';

/** Whether a request changes the webhook of a session. */
export function isWrite({ method, path }: RequestRecord): boolean {
	return path.endsWith('/webhook') && method !== 'GET';
}

/** Wapio's trigger on the sandbox, new for each test. */
export function useWapioTrigger(credential?: ICredentialDataDecryptedObject): SandboxTriggerBench<'wapio'> {
	return useTriggerBench('wapio', wapio, { isWrite, credential });
}

/** The same with {@link SECRET} in the credential, so that a test can sign calls of its own. */
export function useSignedTrigger(): SandboxTriggerBench<'wapio'> {
	return useWapioTrigger({ webhookSigningSecret: SECRET });
}

/** A message as receivers saw it. */
export function sample(): IDataObject {
	return {
		event: 'messages.received',
		sessionId: sessions.connected,
		timestamp: 1789162035,
		data: {
			messages: {
				key: {
					id: '3EB0C431C26A1916E07E',
					fromMe: false,
					remoteJid: '212600000005@s.whatsapp.net',
					senderPn: '212600000005@s.whatsapp.net',
					cleanedSenderPn: '212600000005',
				},
				messageBody: 'Halo',
				messageTimestamp: 1789162034,
				pushName: 'Nadia',
				message: { conversation: 'Halo' },
			},
		},
	};
}

/** Headers of a call that Wapio signed. */
export function signed(body: string): Record<string, string> {
	return { 'x-webhook-signature': signature(SECRET, body) };
}

/** Posts a body that is signed as the provider signs. */
export async function posted(wf: Deployment, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return await post(wf.productionUrl, text, { ...signed(text), ...headers });
}
