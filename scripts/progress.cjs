'use strict';

/*
 * How the programs show what they are doing. In a terminal the current step is animated, with the time it has taken; anywhere
 * else each step is a plain line. Plain JavaScript, because the first command in a fresh clone runs before anything is installed:
 * without ora it prints plain lines in a terminal as well.
 */

/** Milliseconds after which a finished step shows how long it took. */
const WORTH_TELLING = 2_000;

/** A time as people read it: 8 s, 1 min 38 s. */
function duration(ms) {
	const seconds = Math.round(ms / 1_000);
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** ora, where the output is a terminal and ora is installed. */
async function animation(stream) {
	// A terminal that does not know its width, as some containers have, cannot be redrawn.
	if (!stream.isTTY || !stream.columns || process.env.TERM === 'dumb' || process.env.CI) return undefined;
	try {
		return (await import('ora')).default;
	} catch {
		return undefined;
	}
}

/** Shows steps one after the other. A step within a step only changes what is written beside the outer one. */
class Progress {
	constructor(stream = process.stdout) {
		this.stream = stream;
		this.current = undefined;
	}

	/** Prints a line, above the step that is being shown: ora makes room for whatever is printed. */
	line(text = '') {
		this.stream.write(`${text}\n`);
	}

	/** Does the work and shows it as a step: a line that stays. `expected` is how long it usually takes. */
	async step(title, work, expected) {
		return await this.run(title, work, { isKept: true, expected });
	}

	/** Does the work and shows it in a terminal for as long as it takes; leaves nothing behind. */
	async during(title, work) {
		return await this.run(title, work, { isKept: false });
	}

	async run(title, work, { isKept, expected }) {
		const { current: outer } = this;
		if (outer) return await work(outer);
		const start = Date.now();
		const usually = expected ? ` (${expected})` : '';
		const ora = await animation(this.stream);
		let beside = '';
		const text = () => {
			const ms = Date.now() - start;
			return `${title}${beside ? ` (${beside})` : usually}${ms < WORTH_TELLING ? '' : ` ${duration(ms)}`}`;
		};
		// Keys stay with the terminal: otherwise Ctrl-C would end this program, but not npm or n8n below it.
		const spinner = ora?.({ stream: this.stream, text: text(), discardStdin: false }).start();
		const tick = spinner && setInterval(() => (spinner.text = text()), 1_000);
		const show = (detail) => {
			beside = detail;
			if (spinner) spinner.text = text();
		};
		const step = {
			detail: (detail) => (spinner ? show(detail) : this.line(`  ${detail} …`)),
			count: (done, total, what) => show(`${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${what}`),
		};
		const end = (symbol) => {
			clearInterval(tick);
			this.current = undefined;
			if (!spinner) return;
			const ms = Date.now() - start;
			if (isKept)
				spinner.stopAndPersist({ symbol, text: ms < WORTH_TELLING ? title : `${title} (${duration(ms)})` });
			else spinner.stop();
		};
		if (!spinner && isKept) this.line(`${title}${usually} …`);
		this.current = step;
		try {
			const result = await work(step);
			end('✔');
			return result;
		} catch (error) {
			end('✖');
			throw error;
		}
	}
}

/** The program's own progress, on standard output. */
const progress = new Progress();

module.exports = { duration, Progress, progress };
