import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The big package's source, from which everything is taken. */
export const root = path.join(__dirname, '..', '..');

/** Decides which transport does the work, and what takes its place where n8n Cloud must be able to run it. */
const TRANSPORT_FOR = 'nodes/shared/http/transport/transportFor.ts';
const TRANSPORT_FOR_N8N = 'nodes/shared/http/n8n/transportFor.ts';

/** Modules that n8n has at run time. */
const FROM_N8N = new Set(['n8n-workflow', 'luxon', 'node:crypto', 'zod/v4']);

/** The source of one package. */
export interface Sources {
	/** Text of each file, by its path from the top of the package. */
	files: Map<string, string>;
	/** Libraries that the build has to bundle. */
	libraries: Set<string>;
	/** Paths of the classes that n8n loads, without extension. */
	nodes: string[];
	credentials: string[];
}

/**
 * A provider's nodes and credentials with all that they import, on n8n's own transport and n8n's own zod.
 *
 * @param folder the provider's folder below nodes/
 * @param name of the package, which is part of the names in the codex files
 * @throws Error if a file imports what no such package may have
 */
export function collectSources(folder: string, name: string): Sources {
	const nodes = readdirSync(path.join(root, 'nodes', folder))
		.filter((file) => file.endsWith('.node.ts'))
		.map((file) => `nodes/${folder}/${file}`);
	const credentials = readdirSync(path.join(root, 'credentials'))
		.filter((file) => file.startsWith(folder))
		.map((file) => `credentials/${file}`);
	const files = new Map<string, string>();
	const libraries = new Set<string>();
	const queue = [...nodes, ...credentials];
	for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
		if (files.has(file)) continue;
		const text = sourceOf(file);
		files.set(file, text);
		for (const { fileName: module } of ts.preProcessFile(text, true, true).importedFiles) {
			if (module.startsWith('.')) queue.push(`${path.posix.join(path.posix.dirname(file), module)}.ts`);
			else if (module.startsWith('node:') && module !== 'node:crypto')
				throw new Error(`${file} imports ${module}, which n8n Cloud does not allow.`);
			else if (!FROM_N8N.has(module)) libraries.add(libraryOf(module));
		}
	}
	for (const icon of iconsIn(files)) files.set(`icons/${icon}`, read(`icons/${icon}`));
	for (const node of nodes) {
		const codex = node.replace(/\.ts$/, '.json');
		files.set(codex, read(codex).replace('"n8n-nodes-whatsapp-gateways.', `"${name}.`));
	}
	const loaded = (file: string): string => file.replace(/\.ts$/, '');
	return { files, libraries, nodes: nodes.sort().map(loaded), credentials: credentials.sort().map(loaded) };
}

function sourceOf(file: string): string {
	const text = read(file === TRANSPORT_FOR ? TRANSPORT_FOR_N8N : file);
	// n8n ships zod 3.25, which has version 4 inside.
	return text.replaceAll("from 'zod';", "from 'zod/v4';");
}

function read(file: string): string {
	return readFileSync(path.join(root, file), 'utf8');
}

/** The package of a module: `libphonenumber-js` for `libphonenumber-js/mobile`. */
function libraryOf(module: string): string {
	return /^(?:@[^/]+\/)?[^/]+/.exec(module)?.[0] ?? module;
}

function iconsIn(files: Map<string, string>): Set<string> {
	const icons = new Set<string>();
	for (const text of files.values()) {
		for (const [, icon = ''] of text.matchAll(/'file:[./]*\/icons\/([\w.]+\.svg)'/g)) icons.add(icon);
	}
	return icons;
}
