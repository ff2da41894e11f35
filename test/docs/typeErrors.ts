import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Folders whose sources may name what is asked for. */
const FOLDERS = ['nodes', 'sandbox', 'scripts', 'test'];

/**
 * What the type checker finds in some sources of a repository, and in those whose text fits the pattern. It is faster than
 * the whole, since nothing else is checked.
 */
export function typeErrorsIn(root: string, sources: string[], pattern: RegExp): string[] {
	const { config } = ts.readConfigFile(path.join(root, 'tsconfig.check.json'), (file) => ts.sys.readFile(file)) as {
		config: object;
	};
	const fitting = FOLDERS.flatMap((folder) => sourcesBelow(root, folder)).filter((file) =>
		pattern.test(readFileSync(path.join(root, file), 'utf8')),
	);
	const files = [...new Set([...sources, ...fitting])].map((file) => path.join(root, file));
	const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files }, ts.sys, root);
	const program = ts.createProgram(files, options);
	return files
		.map((file) => program.getSourceFile(file))
		.filter((file) => file !== undefined)
		.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
		.map((found) => {
			const { line = 0 } = found.file?.getLineAndCharacterOfPosition(found.start ?? 0) ?? {};
			const name = path.relative(root, found.file?.fileName ?? root);
			return `${name}:${line + 1} ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}`;
		});
}

function sourcesBelow(root: string, folder: string): string[] {
	return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => path.join(folder, name));
}
