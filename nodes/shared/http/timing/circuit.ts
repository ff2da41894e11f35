/** Accounts that are remembered at a time; far more than one instance has. */
const MOST_REMEMBERED = 1_000;

/** Why an account is not asked for a while, and until when (milliseconds, as Date.now()). */
interface Opened {
	until: number;
	why: string;
}

/**
 * Accounts that just failed, so that they are not asked first for every message. Each is asked again automatically when
 * its time is over; what it does then decides anew. Held in the memory of the process, for all workflows.
 */
export class Circuits {
	private readonly opened = new Map<string, Opened>();

	/**
	 * Notes a failure.
	 *
	 * @param name of the account, and its phone if it has several; never a secret itself
	 * @param ms how long it is not asked
	 */
	open(name: string, ms: number, why: string, now = Date.now()): void {
		this.opened.delete(name);
		if (ms <= 0) return;
		for (const [key, { until }] of this.opened) if (until <= now) this.opened.delete(key);
		const [oldest] = this.opened.keys();
		if (this.opened.size >= MOST_REMEMBERED && oldest !== undefined) this.opened.delete(oldest);
		this.opened.set(name, { until: now + ms, why });
	}

	/** Forgets a failure, since the account has answered. */
	close(name: string): void {
		this.opened.delete(name);
	}

	/** Forgets all failures. */
	clear(): void {
		this.opened.clear();
	}

	/** @returns undefined if the account can be asked */
	find(name: string, now = Date.now()): Opened | undefined {
		const found = this.opened.get(name);
		return found && found.until > now ? found : undefined;
	}
}

/** The circuits of this process. */
export const circuits = new Circuits();
