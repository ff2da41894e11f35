import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(__dirname, '..', '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** The files of the guide: a path in backticks, and the code below it. */
function filesOfGuide(): Map<string, string> {
	const blocks = read('docs/adding-a-provider.md').matchAll(/^`([\w./-]+\.ts)`\n\n```ts\n([\s\S]*?)^```/gm);
	return new Map([...blocks].map(([, file = '', code = '']) => [file, code]));
}

/** A list with one more provider: its import at the top, its name before the first entry. */
function withPigeon(file: string, source: string, start: string): [string, string] {
	return [file, `import { pigeon } from '${source}';\n${read(file).replace(start, `${start}\n\tpigeon,`)}`];
}

const files = new Map([
	...filesOfGuide(),
	withPigeon('sandbox/providers/index.ts', './pigeon/provider', 'export const providers = {'),
	withPigeon('test/support/providers.ts', '../providers/pigeon/provider', 'Record<ProviderName, Provider> = {'),
]);

const relative = (file: string): string => path.relative(root, file).split(path.sep).join('/');

/** What was read of the package for the files before, which is most of the work. */
let earlier: ts.Program | undefined;

/** What the type checker says of these files, as if they lay in the repository. */
function faultsIn(added: Map<string, string>, checked: Iterable<string> = added.keys()): string[] {
	const configFile = path.join(root, 'tsconfig.check.json');
	const { config } = ts.readConfigFile(configFile, (file) => ts.sys.readFile(file)) as { config: unknown };
	const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
	const disk = ts.createCompilerHost(options);
	const host: ts.CompilerHost = {
		...disk,
		fileExists: (file) => added.has(relative(file)) || disk.fileExists(file),
		readFile: (file) => added.get(relative(file)) ?? disk.readFile(file),
		directoryExists: (folder) =>
			[...added.keys()].some((file) => file.startsWith(`${relative(folder)}/`)) || ts.sys.directoryExists(folder),
		getSourceFile: (file, language) => {
			const text = added.get(relative(file));
			if (text !== undefined) return ts.createSourceFile(file, text, language, true);
			return earlier?.getSourceFile(file) ?? disk.getSourceFile(file, language);
		},
	};
	const names = [...added.keys()].map((file) => path.join(root, file));
	const program = ts.createProgram(names, options, host);
	earlier = program;
	return [...checked].flatMap((name) => {
		const source = program.getSourceFile(path.join(root, name));
		const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
		return found.map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
	});
}

describe('the guide to adding a provider', () => {
	it('has the files of every part', () => {
		const folders = new Set([...files.keys()].map((file) => file.split('/')[0]));
		expect([...folders].sort()).toEqual(['credentials', 'nodes', 'sandbox', 'test']);
		expect(files.size).toBeGreaterThan(15);
	});

	it('has code that fits this repository', () => {
		expect(faultsIn(files)).toEqual([]);
		// The whole package is read.
	}, 180_000);

	it('would not fit if an entry were incomplete', () => {
		const entry = 'test/providers/pigeon/provider.ts';
		const lacking = (files.get(entry) ?? '').replace(/\tidempotency: .*\n/, '');
		expect(faultsIn(new Map([...files, [entry, lacking]]), [entry]).join()).toMatch(/'idempotency' is missing/);
	}, 180_000);
});
