/* Running checks and counting them. */
import { progress } from '../progress.cjs';

/** Collects checks and their outcome. */
export class Checks {
	passed = 0;
	failed = 0;

	/** Names what the following checks are about. */
	about(heading: string): void {
		progress.line(`\n${heading}`);
	}

	/** Runs a check, which passes unless it throws. Never throws itself, so the other checks still run. */
	async check(name: string, test: () => Promise<void> | void): Promise<boolean> {
		const start = Date.now();
		try {
			await progress.during(name, async () => await test());
			this.passed++;
			progress.line(`  ok      ${name} (${Date.now() - start} ms)`);
			return true;
		} catch (error) {
			this.failed++;
			progress.line(
				`  FAILED  ${name}\n          ${(error instanceof Error ? error.message : String(error)).replaceAll('\n', '\n          ')}`,
			);
			return false;
		}
	}

	/** Something observed that is worth knowing, and neither right nor wrong. */
	fact(name: string, value: unknown): void {
		progress.line(`  fact    ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
	}

	/** The last line. */
	summary(): string {
		return `${this.passed} passed, ${this.failed} failed`;
	}
}

/** Fails unless both are the same. */
export function equal<T>(actual: T, expected: T, what: string): void {
	const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
	if (left !== right) throw new Error(`${what}: expected ${right}, got ${left}`);
}

/** Fails unless it is true. */
export function ensure(condition: boolean, what: string): asserts condition {
	if (!condition) throw new Error(what);
}
