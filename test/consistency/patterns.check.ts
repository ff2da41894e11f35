/*
 * Every regular expression in the sources takes a time that grows with the text alone: one that grows with its square holds
 * up all of n8n for seconds when a stranger sends a long text. recheck computes it from the expression.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '../..');
const folders = ['nodes', 'credentials', 'sandbox'];

/** Expressions that are made when the program runs, and why each of them may be. */
const MADE: Record<string, string> = {
	'sandbox/control/controlInput.ts': 'what a test gives the sandbox it runs itself',
};

interface Pattern {
	source: string;
	flags: string;
	where: string[];
}

function filesIn(folder: string): string[] {
	const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
		.map((each) => join(each.parentPath, each.name));
}

/** All expressions by their text, and the places where one is made of something that is known only later. */
function patternsIn(files: string[]): { patterns: Pattern[]; made: string[] } {
	const patterns = new Map<string, Pattern>();
	const made = new Set<string>();
	for (const file of files) {
		const name = relative(root, file).replaceAll('\\', '/');
		const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
		const visit = (node: ts.Node): void => {
			if (ts.isRegularExpressionLiteral(node)) {
				const { text } = node;
				const end = text.lastIndexOf('/');
				const found = patterns.get(text) ?? {
					source: text.slice(1, end),
					flags: text.slice(end + 1),
					where: [],
				};
				const { line } = source.getLineAndCharacterOfPosition(node.getStart());
				patterns.set(text, { ...found, where: [...found.where, `${name}:${line + 1}`] });
			}
			if (ts.isIdentifier(node) && node.text === 'RegExp' && !ts.isTypeReferenceNode(node.parent)) made.add(name);
			ts.forEachChild(node, visit);
		};
		visit(source);
	}
	return { patterns: [...patterns.values()], made: [...made] };
}

/**
 * What recheck says of expressions: `safe`, `vulnerable` or `unknown`. In a process of its own, since it is several times
 * slower in the sandbox of a test; and in JavaScript alone, since its other ways want binaries or Java.
 */
function check(patterns: Pattern[]): string[] {
	const program = `
		const { checkSync } = require(${JSON.stringify(require.resolve('recheck'))});
		const patterns = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
		const results = patterns.map(({ source, flags }) => checkSync(source, flags, { timeout: 60_000 }).status);
		process.stdout.write(JSON.stringify(results));`;
	const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], {
		input: JSON.stringify(patterns),
		encoding: 'utf8',
		env: { ...process.env, RECHECK_BACKEND: 'pure' },
	});
	if (stdout === '') throw new Error(stderr);
	return JSON.parse(stdout) as string[];
}

describe('regular expressions', () => {
	const files = folders.flatMap(filesIn);
	const { patterns, made } = patternsIn(files);
	/** Without repetitions there is nothing that could take long. */
	const repeats = ({ source }: Pattern): boolean => /[*+]|\{\d+,/.test(source);
	const slow = (given: Pattern[]): string[] => {
		const results = check(given);
		return given.flatMap(({ source, flags, where }, index) =>
			results[index] === 'safe' ? [] : [`/${source}/${flags} is ${results[index]} (${where.join(', ')})`],
		);
	};

	it('are found, and the check recognizes slow ones', () => {
		expect(patterns.length).toBeGreaterThan(100);
		const known: Pattern[] = [
			{ source: '[.:\\s]+$', flags: '', where: ['trailing'] },
			{ source: '@.*$', flags: '', where: ['rest'] },
			{ source: '\\d+@newsletter', flags: '', where: ['search'] },
			{ source: '^(a+)+$', flags: '', where: ['nested'] },
		];
		expect(slow(known)).toHaveLength(known.length);
	});

	it('take a time that grows with the text alone', () => {
		expect(slow(patterns.filter(repeats))).toEqual([]);
	});

	it('are written down, not made while the program runs', () => {
		expect(made.filter((file) => MADE[file] === undefined)).toEqual([]);
	});
});
