import type { GatewayTrigger } from '../definition';
import { MediaFailure } from '../media/failure';

/**
 * The `fetchMedia` of a trigger whose events name the address of a file, and have no other way to it. The address comes from
 * outside: it is fetched without the credential, and never from an internal network.
 *
 * @param problem what to say of an event without an address
 */
export function fetchByUrl(
	problem = 'The message names no address for its file',
): NonNullable<GatewayTrigger['fetchMedia']> {
	return async (_client, _event, media, fetchFile) => {
		if (media.url === null) throw new MediaFailure('none', problem);
		return await fetchFile(media.url);
	};
}
