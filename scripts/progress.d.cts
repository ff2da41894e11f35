/** What a step can show beside its title. */
export interface Step {
	/** What it is doing now. Without a terminal this is a line. */
	detail: (text: string) => void;
	/** How far it is. Shown in a terminal only. */
	count: (done: number, total: number, what: string) => void;
}

/** Shows steps one after the other: animated in a terminal, elsewhere a plain line each. */
export class Progress {
	/** @param stream standard output unless given */
	constructor(stream?: NodeJS.WriteStream);

	/** Prints a line, above the step that is being shown. */
	line(text?: string): void;

	/** Does the work and shows it as a step: a line that stays. `expected` is how long it usually takes. */
	step<T>(title: string, work: (step: Step) => Promise<T>, expected?: string): Promise<T>;

	/** Does the work and shows it in a terminal for as long as it takes; leaves nothing behind. */
	during<T>(title: string, work: (step: Step) => Promise<T>): Promise<T>;
}

/** The program's own progress, on standard output. */
export const progress: Progress;

/** A time as people read it: 8 s, 1 min 38 s. */
export function duration(ms: number): string;
