import { BoundedMap } from '../../boundedMap';
import { isSecretRight } from '../../http/secrets';

/** How long, in milliseconds, a secret is trusted that was looked up. */
const TRUSTED_MS = 1_000;

/** A secret, perhaps still being looked up, and since when. */
interface LookedUp {
	secret: Promise<string>;
	at: number;
}

/**
 * The secrets of triggers, each looked up once a second at most: n8n decrypts a credential anew each time, and a busy phone
 * has many calls in a second. Calls that come during a look-up wait for the same one, so that none overtakes another. Before
 * a call is refused, the secret is looked up for it: it may have been replaced a moment ago.
 */
export class LookedUpSecrets {
	private readonly known = new BoundedMap<LookedUp>(500);

	/** @param now milliseconds of a clock that nobody sets back */
	constructor(private readonly now: () => number = () => performance.now()) {}

	/**
	 * Whether a call's secret is the trigger's.
	 *
	 * @param trigger identifies it
	 * @param lookUp how its secret is found
	 * @throws whatever the look-up throws
	 */
	async isRight(trigger: string, given: unknown, lookUp: () => Promise<string>): Promise<boolean> {
		const now = this.now();
		const known = this.known.get(trigger);
		if (known && now - known.at < TRUSTED_MS && isSecretRight(given, await known.secret)) return true;
		const found: LookedUp = { secret: lookUp(), at: now };
		this.known.set(trigger, found);
		found.secret.catch(() => {
			if (this.known.get(trigger) === found) this.known.delete(trigger);
		});
		return isSecretRight(given, await found.secret);
	}
}
