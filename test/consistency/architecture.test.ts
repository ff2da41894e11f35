import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(__dirname, '..', '..');

/** The only folder below nodes/ that may use undici and Node's own modules. */
const TRANSPORT = 'nodes/shared/http/undici/';

/** What n8n Cloud lets no node use. */
const FORBIDDEN = new Set([
	...['process', 'global', 'globalThis', '__dirname', '__filename'],
	...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate'],
]);

/** From the bottom to the top: a layer imports from itself and from those before it. */
const LAYERS = [
	/^nodes\/shared\/[^/]+\.ts$/,
	/^nodes\/shared\/http\//,
	/^nodes\/shared\/operations\/define\//,
	/^nodes\/shared\/operations\/n8n\//,
	/^nodes\/shared\/operations\/run\//,
	/^nodes\/shared\/messaging\//,
	/^nodes\/shared\/trigger\//,
	/^credentials\//,
	/^nodes\/(?!WhatsAppGateways\/)[^/]+\//,
	/^nodes\/WhatsAppGateways\//,
];

interface SourceFile {
	/** From the top of the package, with slashes. */
	name: string;
	/** Modules as they are written in imports of every kind, types included. */
	imports: string[];
	/** Global names that it uses. */
	globals: string[];
}

function filesBelow(folder: string): SourceFile[] {
	return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => readSource(path.posix.join(folder, name.split(path.sep).join('/'))))
		.sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

function readSource(name: string): SourceFile {
	const source = ts.createSourceFile(name, readFileSync(path.join(root, name), 'utf8'), ts.ScriptTarget.ES2022, true);
	const imports: string[] = [];
	const globals: string[] = [];
	const visit = (node: ts.Node): void => {
		const module = moduleOf(node);
		if (module !== undefined) imports.push(module);
		if (ts.isIdentifier(node) && FORBIDDEN.has(node.text) && !isMember(node)) globals.push(node.text);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return { name, imports, globals };
}

/** The module that a node imports from, whichever way. */
function moduleOf(node: ts.Node): string | undefined {
	let module: ts.Node | undefined;
	if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) module = node.moduleSpecifier;
	else if (ts.isImportTypeNode(node))
		module = ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
	else if (ts.isExternalModuleReference(node)) module = node.expression;
	else if (ts.isCallExpression(node)) {
		const { expression: called } = node;
		const isRequire = ts.isIdentifier(called) && called.text === 'require';
		if (isRequire || called.kind === ts.SyntaxKind.ImportKeyword) [module] = node.arguments;
	}
	return module && ts.isStringLiteral(module) ? module.text : undefined;
}

/** Whether it names a part of something else: `signal.process`, `{ process: 1 }`. */
function isMember({ parent, text }: ts.Identifier): boolean {
	if (ts.isPropertyAccessExpression(parent)) return parent.name.text === text;
	return ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodDeclaration(parent);
}

const isBuiltIn = (module: string): boolean => module.startsWith('node:') || builtinModules.includes(module);

/** The file of ours that an import leads to; undefined for packages. */
function targetOf(file: SourceFile, module: string): string | undefined {
	return module.startsWith('.') ? `${path.posix.join(path.posix.dirname(file.name), module)}.ts` : undefined;
}

const layerOf = (name: string): number => LAYERS.findIndex((layer) => layer.test(name));
const providerOf = (name: string): string | undefined =>
	/^nodes\/(?!(?:shared|WhatsAppGateways)\/)([^/]+)\//.exec(name)?.[1];

const files = [...filesBelow('nodes'), ...filesBelow('credentials')];
const aboveTransport = files.filter(({ name }) => !name.startsWith(TRANSPORT));
const arrows = files.flatMap((file) =>
	file.imports.flatMap((module) => {
		const target = targetOf(file, module);
		return target === undefined ? [] : [{ from: file.name, to: target }];
	}),
);

it('reads the imports of all files', () => {
	expect(files.length).toBeGreaterThan(150);
	expect(arrows.length).toBeGreaterThan(600);
	expect(arrows.filter(({ to }) => layerOf(to) < 0)).toEqual([]);
	const transport = files.filter(({ name }) => name.startsWith(TRANSPORT)).flatMap(({ imports }) => imports);
	expect(transport).toEqual(expect.arrayContaining(['undici', 'node:net']));
});

it('imports undici and modules of Node, but for node:crypto, in the transport only', () => {
	const found = aboveTransport.flatMap(({ name, imports }) =>
		imports
			.filter((module) => (isBuiltIn(module) && module !== 'node:crypto') || module === 'undici')
			.map((module) => `${name}: ${module}`),
	);
	expect(found).toEqual([]);
});

it('uses no timers, no process and no other global of Node in a node or credential', () => {
	const found = aboveTransport.flatMap(({ name, globals }) => globals.map((used) => `${name}: ${used}`));
	expect(found).toEqual([]);
});

it('decides in one place which transport does the work', () => {
	const users = arrows.filter(({ from, to }) => to.startsWith(TRANSPORT) && !from.startsWith(TRANSPORT));
	expect(users.map(({ from }) => from)).toEqual(['nodes/shared/http/transport/transportFor.ts']);
	const other = 'nodes/shared/http/n8n/';
	const usersOfOther = arrows.filter(({ from, to }) => to.startsWith(other) && !from.startsWith(other));
	expect([...new Set(usersOfOther.map(({ from }) => from))]).toEqual(['nodes/shared/http/transport/transportFor.ts']);
});

it('has imports that run one way: http, operations, messaging, trigger, provider, the node above them', () => {
	expect(arrows.filter(({ from, to }) => layerOf(to) > layerOf(from))).toEqual([]);
});

it('has no import from one provider to another', () => {
	const isForeign = (from: string, to: string) =>
		providerOf(from) !== undefined && providerOf(to) !== undefined && providerOf(from) !== providerOf(to);
	expect(arrows.filter(({ from, to }) => isForeign(from, to))).toEqual([]);
});

it('names no provider in shared code', () => {
	const providers = [...new Set(files.flatMap(({ name }) => providerOf(name) ?? []))];
	expect(providers.length).toBeGreaterThanOrEqual(5);
	const named = new RegExp(providers.join('|'), 'i');
	const shared = files.filter(({ name }) => name.startsWith('nodes/shared/'));
	const found = shared.filter(({ name }) => named.test(readFileSync(path.join(root, name), 'utf8')));
	expect(found.map(({ name }) => name)).toEqual([]);
});

it('has no folder that is too large to find anything in', () => {
	const perFolder = new Map<string, number>();
	for (const { name } of [...files, ...filesBelow('sandbox')]) {
		const folder = path.posix.dirname(name);
		perFolder.set(folder, (perFolder.get(folder) ?? 0) + 1);
	}
	expect([...perFolder].filter(([, count]) => count > 14)).toEqual([]);
});
