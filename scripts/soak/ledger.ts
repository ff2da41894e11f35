/** What the node reported about a message. */
export type Told = 'sent' | 'refused' | 'not sent' | 'unknown';

/** A message of the soak, known by its text. */
export interface Message {
	phone: string;
	text: string;
}

interface Entry {
	/** How often the server accepted it. */
	accepted: number;
	told?: Told;
	/** Who accepted it. */
	provider?: string;
}

/** Separates the fixed part of a text from the part that changes each time it is composed. */
export const CHANGING = ' at ';

/** Compares what the node reported about each message with what the server accepted. */
export class Ledger {
	readonly messages: Message[];
	/** What must not be, in words. */
	readonly wrong: string[] = [];
	private readonly entries: Map<string, Entry>;

	constructor(count: number) {
		this.messages = Array.from({ length: count }, (_none, index) => ({
			phone: String(6_281_200_000_000 + index),
			text: `soak message ${index}`,
		}));
		this.entries = new Map(this.messages.map(({ text }) => [text, { accepted: 0 }]));
	}

	/** Notes that the server accepted a message. */
	accepted(text: string, provider: string): void {
		const entry = this.entries.get(text.split(CHANGING)[0] ?? '');
		if (entry === undefined) this.wrong.push(`A message was accepted that nobody sent: ${text}`);
		else {
			entry.accepted++;
			entry.provider = provider;
		}
	}

	/** Notes what the node reported about a message, after what the server accepted in that execution. */
	tell({ text }: Message, told: Told): void {
		const entry = this.entry(text);
		entry.told = told;
		const isFalse = told === 'sent' ? entry.accepted === 0 : told !== 'unknown' && entry.accepted > 0;
		if (isFalse) this.wrong.push(`"${text}" was reported as ${told}, but was accepted ${entry.accepted} times`);
	}

	/** Notes who accepted a message as the node reported it. */
	tellProvider({ text }: Message, provider: unknown): void {
		const { provider: actual } = this.entry(text);
		if (provider !== actual) this.wrong.push(`"${text}" was accepted by ${actual}, not by ${String(provider)}`);
	}

	/** Notes that an execution ended before it came to this message. */
	untouched({ text }: Message): void {
		if (this.entry(text).accepted > 0) this.wrong.push(`"${text}" was accepted, but its execution ended before it`);
	}

	/** The figures, and in `wrong` what must not be. */
	sum() {
		const entries = [...this.entries.values()];
		const count = (matches: (entry: Entry) => boolean): number => entries.filter(matches).length;
		const unknown = entries.filter(({ told }) => told === 'unknown');
		const doubles = count(({ accepted }) => accepted > 1);
		if (doubles > 0) this.wrong.push(`${doubles} messages were accepted more than once`);
		const lost = count(({ accepted, told }) => accepted === 0 && told !== 'unknown');
		if (lost > 0) this.wrong.push(`${lost} messages were never accepted, although the node could know the outcome`);
		return {
			messages: entries.length,
			accepted: count(({ accepted }) => accepted > 0),
			doubles,
			lost,
			unknown: unknown.length,
			unknownAccepted: unknown.filter(({ accepted }) => accepted > 0).length,
		};
	}

	private entry(text: string): Entry {
		const entry = this.entries.get(text);
		if (entry === undefined) throw new Error(`There is no message "${text}"`);
		return entry;
	}
}
