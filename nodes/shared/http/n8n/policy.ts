import { isValid } from 'ipaddr.js';
import { blocked } from '../transport/failures';
import { assertPublic } from '../transport/publicRange';
import { type EgressFilter, TransportError, type TransportPolicy } from '../transport/transport';
import { toTransportError } from './errors';

/** Looks a name up, as n8n's filter gives it to a connector. */
type Lookup = (
	host: string,
	options: { all: true },
	done: (error: Error | null, found: Array<{ address: string }>) => void,
) => void;

/**
 * Checks an address that others have chosen. All other addresses n8n's helper checks itself, by the policy of the
 * instance; it has no option that would enforce the check where the instance has turned it off.
 *
 * @throws TransportError of the stage `blocked`, or `notSent` where the name is not found
 */
export async function checkPolicy(url: URL, { egress, publicOnly }: TransportPolicy): Promise<void> {
	if (!egress || publicOnly !== true) return;
	try {
		const allowed = await egress.validateUrl(url);
		if (!allowed.ok) throw blocked(allowed.error);
		for (const address of await addressesOf(url, egress)) assertPublic(address, egress);
	} catch (error) {
		throw toTransportError(error, false);
	}
}

async function addressesOf(url: URL, egress: EgressFilter): Promise<string[]> {
	const host = url.hostname.replace(/^\[|\]$/g, '');
	if (isValid(host)) return [host];
	const lookup = egress.createSecureLookup() as Lookup | undefined;
	if (!lookup) throw new TransportError('blocked', 'its address cannot be checked', { permanent: true });
	return await new Promise((resolve, reject) => {
		lookup(host, { all: true }, (error, found) => {
			if (error) reject(error);
			else resolve(found.map(({ address }) => address));
		});
	});
}
