import { textOf } from '../../shared/text';
import type { GatewayTrigger } from '../../shared/trigger/definition';
import { MediaFailure } from '../../shared/trigger/media/failure';
import { downloadEncrypted } from '../../shared/trigger/media/whatsapp/download';
import { readReference } from '../../shared/trigger/media/whatsapp/reference';
import { decryptedByWapio } from '../api/media';
import { isPersonalToken } from '../api/wapioApi';

/** A file that WhatsApp keeps encrypted: decrypted here, else by Wapio. */
export const fetchMedia: NonNullable<GatewayTrigger['fetchMedia']> = async (
	client,
	event,
	{ reference },
	fetchFile,
	{ maxBytes },
) => {
	const file = readReference(reference ?? '');
	if (!file) {
		throw new MediaFailure('none', 'The message has neither a URL for its file nor the key to decrypt it');
	}
	const { token, sessionId } = client.credential;
	const device = event.device ?? textOf(sessionId).trim();
	const wanted = {
		session: isPersonalToken(token) && device !== '' ? device : undefined,
		messageId: event.messageId,
	};
	const secrets = [reference, file.mediaKey, file.url, file.directPath].filter((secret) => secret !== null);
	return await downloadEncrypted(file, {
		fetchFile,
		maxBytes,
		askGateway: async () =>
			await decryptedByWapio(file, wanted, {
				send: async (request) => await client.send(request, secrets),
				fetchFile,
			}),
	});
};
