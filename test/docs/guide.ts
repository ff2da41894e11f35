/* Reads the guide for a further provider: the files that its code blocks make, and the changes to files that there are. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What a code block is for. */
interface Block {
	/** From the top of the repository, as the line above the block says. */
	file: string;
	/** What the fence names: `diff` changes a file, `sh` makes it, everything else is its text. */
	language: string;
	text: string;
}

/** What a copy of the repository leaves out. */
const LEFT_OUT = new Set(['.cache', '.git', 'coverage', 'dist', 'node_modules']);

/** The code blocks below a line that begins with a path. Other blocks are for the reader alone. */
export function blocksOf(guide: string): Block[] {
	const found = guide.matchAll(/^`([^`\n]+)`[^`\n]*\n\n```(\w+)\n([\s\S]*?)^```$/gm);
	return [...found].map(([, file = '', language = '', text = '']) => ({ file, language, text }));
}

/** How many code blocks there are, with a path above them or without. */
export function fencesIn(guide: string): number {
	return [...guide.matchAll(/^```\w/gm)].length;
}

/** Paths of this repository that are named in code, outside of code blocks. */
export function pathsIn(guide: string): string[] {
	const prose = guide.replace(/^```[\s\S]*?^```$/gm, '');
	const names = [...prose.matchAll(/`([\w.-]+(?:\/[\w.-]+)*\/?)`/g)].map(([, name = '']) => name);
	const tops = new Set(['nodes', 'credentials', 'icons', 'sandbox', 'test', 'docs', 'workflows', 'scripts']);
	const isPath = (name: string): boolean =>
		name.includes('/') ? tops.has(name.split('/')[0] ?? '') : /^[\w-]+\.(json|md)$/.test(name);
	return [...new Set(names.filter(isPath))];
}

/** The first cells of the tables in one section, each path in them by itself. */
export function pathsInTables(guide: string, heading: string): string[] {
	const section = guide.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
	const cells = [...section.matchAll(/^\| (`[^|]*) \|/gm)].map(([, cell = '']) => cell);
	return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
}

/** Copies the repository's sources; the installed packages are shared. */
export function copyRepository(root: string, copy: string): void {
	for (const name of readdirSync(root).filter((each) => !LEFT_OUT.has(each))) {
		const filter = (source: string): boolean => !LEFT_OUT.has(path.basename(source));
		cpSync(path.join(root, name), path.join(copy, name), { recursive: true, filter });
	}
	symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
}

/**
 * Does what a block says.
 *
 * @throws Error if a new file is there already, or a file to change is not as the block shows it
 */
export function applyBlock(root: string, { file, language, text }: Block): void {
	const target = path.join(root, file);
	if (language === 'diff') {
		writeFileSync(target, patched(readFileSync(target, 'utf8'), text, file));
		return;
	}
	if (existsSync(target)) throw new Error(`${file} is there already`);
	mkdirSync(path.dirname(target), { recursive: true });
	if (language === 'sh') execFileSync('sh', ['-e', '-c', text], { cwd: root });
	else writeFileSync(target, text);
}

/**
 * Applies hunks that begin with `@@` and have context in place of numbers; `…` stands for the rest of a line. Between two
 * neighbors that a hunk adds lines to, others may have come since: then the lines go where they belong by name.
 */
export function patched(content: string, diff: string, file: string): string {
	let lines = content.split('\n');
	for (const hunk of diff.split(/^@@.*\n/m).filter((each) => each !== '')) {
		const changes = hunk.replace(/\n$/, '').split('\n');
		const before = changes.filter((line) => !line.startsWith('+')).map((line) => line.slice(1));
		const places = lines.flatMap((_line, place) => (isAt(lines, place, before) ? [place] : []));
		const [place] = places;
		const between = place === undefined ? addedBetween(lines, changes) : undefined;
		if (between) {
			lines = between;
			continue;
		}
		if (place === undefined || places.length > 1)
			throw new Error(`${file} has these lines ${places.length} times:\n${before.join('\n')}`);
		let read = place;
		const after = changes.flatMap((line) => {
			if (line.startsWith('+')) return [line.slice(1)];
			const present = lines[read++] ?? '';
			return line.startsWith('-') ? [] : [present];
		});
		lines = [...lines.slice(0, place), ...after, ...lines.slice(place + before.length)];
	}
	return lines.join('\n');
}

/** Lines that may have come between two neighbors: entries of other providers. */
const MOST_BETWEEN = 20;

/** The lines with an addition between two neighbors that are no longer side by side; undefined if it is none. */
function addedBetween(lines: string[], changes: string[]): string[] | undefined {
	const added = changes.slice(1, -1);
	const [first, last] = [changes[0], changes.at(-1)];
	if (!first?.startsWith(' ') || !last?.startsWith(' ') || !added.every((line) => line.startsWith('+')))
		return undefined;
	const start = lines.findIndex((_line, place) => isAt(lines, place, [first.slice(1)])) + 1;
	const length = lines
		.slice(start, start + MOST_BETWEEN)
		.findIndex((_line, offset) => isAt(lines, start + offset, [last.slice(1)]));
	if (start === 0 || length < 0) return undefined;
	const own = added.map((line) => line.slice(1));
	const byName = lines.slice(start, start + length).findIndex((line) => line.localeCompare(own[0] ?? '', 'en') > 0);
	const at = start + (byName < 0 ? length : byName);
	return [...lines.slice(0, at), ...own, ...lines.slice(at)];
}

function isAt(lines: string[], place: number, wanted: string[]): boolean {
	return wanted.every((line, offset) => {
		const present = lines[place + offset];
		return line.endsWith('…') ? present?.startsWith(line.slice(0, -1)) : present === line;
	});
}
