/* Tables, in a form that reads well in a terminal and is Markdown. */

/** A target of the project, and whether this run reached it. */
export interface Check {
	target: string;
	measured: string;
	holds: boolean;
}

/** One part of the run. */
export interface Section {
	title: string;
	/** How it was measured, in sentences. */
	notes: string[];
	columns: string[];
	/** The first column is words, the others are numbers. */
	rows: string[][];
	checks: Check[];
}

/** "At most" and "at least" as a check. */
export function atMost(target: string, value: number, limit: number, unit = ''): Check {
	return { target: `${target}: at most ${limit}${unit}`, measured: `${digits(value)}${unit}`, holds: value <= limit };
}

export function atLeast(target: string, value: number, limit: number, unit = ''): Check {
	return {
		target: `${target}: at least ${limit}${unit}`,
		measured: `${digits(value)}${unit}`,
		holds: value >= limit,
	};
}

/** A number as people read it: three digits that count, thousands apart. */
export function digits(value: number): string {
	if (!Number.isFinite(value)) return '–';
	if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
	return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}

/** Bytes in MiB. */
export function mebibytes(bytes: number): string {
	return digits(Math.round(bytes / 1024 / 1024));
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	const half = sorted.length / 2;
	const middle = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1);
	return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

function table(columns: string[], rows: string[][]): string {
	const widths = columns.map((name, index) =>
		Math.max(...[[...columns], ...rows].map((row) => row[index]?.length ?? 0), name.length),
	);
	const line = (cells: string[]): string =>
		`| ${cells.map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0))).join(' | ')} |`;
	const rule = `|${widths.map((width, index) => (index === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
	return [line(columns), rule, ...rows.map(line)].join('\n');
}

/** The whole report. The targets come first. */
export function report(sections: Section[], intro: string): string {
	const checks = sections.flatMap((section) => section.checks);
	const targets = checks.map(({ target, measured, holds }) => [target, measured, holds ? 'yes' : 'NO']);
	return [
		'# Bench',
		intro,
		...(checks.length > 0 ? ['## Targets', table(['Target', 'Measured', 'Holds'], targets)] : []),
		...sections.flatMap(({ title, notes, columns, rows }) => [
			`## ${title}`,
			notes.join(' '),
			table(columns, rows),
		]),
	].join('\n\n');
}
