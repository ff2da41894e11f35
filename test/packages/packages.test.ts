import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageNameOf, writePackage } from '../../scripts/packages/write';
import { providers } from '../support/providers';

/* The repositories that `npm run packages` writes, before anything is built. `.ci/run` passes them through n8n's scanner. */

const BIG = 'n8n-nodes-whatsapp-gateways';

let temporary: string;
const folderOf = (name: string): string => path.join(temporary, name);

beforeAll(async () => {
	temporary = mkdtempSync(path.join(tmpdir(), 'packages-'));
	for (const provider of providers) await writePackage(provider, temporary);
});
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const filesBelow = (folder: string): string[] =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));

/** Runs a program of a package. */
function run(folder: string, program: string, ...args: string[]): { status: number | null; said: string } {
	const { status, stdout, stderr } = spawnSync(process.execPath, [path.join('scripts', program), ...args], {
		cwd: folder,
		encoding: 'utf8',
	});
	return { status, said: stdout + stderr };
}

interface Manifest {
	version: string;
	n8n: { nodes: string[]; credentials: string[] };
	devDependencies: Record<string, string>;
	dependencies?: object;
}

const readJson = <T>(...place: string[]): T => JSON.parse(readFileSync(path.join(...place), 'utf8')) as T;

describe.each(providers.map((provider) => [packageNameOf(provider), provider] as const))('%s', (name, { type }) => {
	const read = (file: string): string => readFileSync(path.join(folderOf(name), file), 'utf8');

	it('has every file that n8n, npm and a reader expect', () => {
		const files = filesBelow(folderOf(name));
		const { n8n, dependencies } = readJson<Manifest>(folderOf(name), 'package.json');
		const sources = [...n8n.nodes, ...n8n.credentials].map((file) => file.replace(/^dist\/(.*)\.js$/, '$1.ts'));
		const codexes = sources.filter((file) => file.endsWith('.node.ts')).map((file) => file.replace('.ts', '.json'));
		expect(codexes).toHaveLength(2);
		expect(dependencies).toBeUndefined();
		expect(files).toEqual(
			expect.arrayContaining([
				...sources,
				...codexes,
				'.github/workflows/ci.yml',
				'.github/workflows/publish.yml',
				'CHANGELOG.md',
				'LICENSE',
				'README.md',
				'docs/submission.md',
				'examples/auto-reply.json',
				'package-lock.json',
			]),
		);
		for (const codex of codexes)
			expect(readJson<{ node: string }>(folderOf(name), codex).node).toContain(`${name}.`);
	});

	it("has a README with the sections of n8n's convention", () => {
		const headings = [...read('README.md').matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
		expect(headings).toEqual([
			'Installation',
			'Operations',
			'Credentials',
			'Compatibility',
			'Usage',
			'Resources',
			'Version history',
		]);
		expect(read('README.md')).not.toMatch(/undefined|\[object|\n{4}/);
	});

	it('has no link, and no page in a comment, that leads nowhere', () => {
		const missing = filesBelow(folderOf(name)).flatMap((file) => {
			const text = read(file);
			const links = file.endsWith('.md') ? [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)] : [];
			const pages = file.endsWith('.ts') ? [...text.matchAll(/\b(docs\/[\w./-]+\.md)/g)] : [];
			return [
				...links.map(([, link = '']) => path.join(folderOf(name), path.dirname(file), link)),
				...pages.map(([, page = '']) => path.join(folderOf(name), page)),
			].flatMap((target) => (existsSync(target) ? [] : [`${file}: ${target}`]));
		});
		expect(missing).toEqual([]);
	});

	it('names the package with all providers only where it speaks of it', () => {
		const naming = filesBelow(folderOf(name)).filter((file) => read(file).includes(BIG));
		expect(naming.filter((file) => !/^nodes\/shared\/http\/n8n\/webSocket\.ts$/.test(file)).sort()).toEqual([
			'README.md',
			'docs/http-client.md',
			'docs/submission.md',
			'scripts/move-workflow.cjs',
		]);
	});

	it('has a lock file with all that its development packages need, and without download addresses', () => {
		const { devDependencies } = readJson<Manifest>(folderOf(name), 'package.json');
		interface Locked {
			version: string;
			integrity?: string;
			resolved?: string;
			dependencies?: Record<string, string>;
		}
		const { packages } = readJson<{ packages: Record<string, Locked> }>(folderOf(name), 'package-lock.json');
		for (const [each, version] of Object.entries(devDependencies))
			expect([each, packages[`node_modules/${each}`]?.version]).toEqual([each, version]);
		const places = Object.entries(packages).filter(([place]) => place !== '');
		expect(
			places.filter(([, { resolved, integrity }]) => resolved !== undefined || integrity === undefined),
		).toEqual([]);
		const findable = (from: string, wanted: string): boolean => {
			for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules')))) {
				if (packages[`${at === '' ? '' : `${at}/`}node_modules/${wanted}`]) return true;
				if (at === '') return false;
			}
		};
		const lacking = places.flatMap(([place, { dependencies = {} }]) =>
			Object.keys(dependencies).flatMap((each) => (findable(place, each) ? [] : [`${place}: ${each}`])),
		);
		expect(lacking).toEqual([]);
	});

	it('publishes nothing that was not linted, built, and checked after that', () => {
		const byHand = /publish the first version by hand: `([^`]*)`/.exec(read('docs/submission.md'))?.[1];
		const byGitHub = [...read('.github/workflows/publish.yml').matchAll(/- run: (.*)/g)].map(([, step]) => step);
		for (const steps of [byHand?.split(' && '), byGitHub]) {
			const commands = steps?.map((step) =>
				step
					?.split(' ')
					.slice(0, step.startsWith('npm run') ? 3 : 2)
					.join(' '),
			);
			const expected = ['npm ci', 'npm run lint', 'npm run build', 'npm run release-check', 'npm publish'];
			expect(commands).toEqual(expected);
		}
	});

	it('has an example with its own nodes, and without credentials', () => {
		const { nodes } = readJson<{ nodes: Array<{ type: string; credentials?: object }> }>(
			folderOf(name),
			'examples/auto-reply.json',
		);
		const types = nodes.map((node) => node.type);
		expect(types).toEqual(expect.arrayContaining([`${name}.${type}`, `${name}.${type}Trigger`]));
		expect(nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
	});
});

describe('release-check', () => {
	let folder: string;
	let version: string;
	const change = (file: string, edit: (text: string) => string): void => {
		const place = path.join(folder, file);
		writeFileSync(place, edit(readFileSync(place, 'utf8')));
	};
	const fillIn = (text: string): string =>
		text.replaceAll('OWNER@example.invalid', 'jane@example.com').replaceAll('OWNER', 'jane');

	beforeEach(() => {
		folder = mkdtempSync(path.join(temporary, 'release-'));
		cpSync(folderOf('n8n-nodes-wapio'), folder, { recursive: true });
		({ version } = readJson<Manifest>(folder, 'package.json'));
	});

	function fillInAll(): void {
		for (const file of ['package.json', 'README.md', 'docs/submission.md']) change(file, fillIn);
	}

	/** Files with the names of the built ones. */
	function build(): void {
		const { n8n } = readJson<Manifest>(folder, 'package.json');
		for (const file of [...n8n.nodes, ...n8n.credentials]) {
			mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
			writeFileSync(path.join(folder, file), '');
		}
	}

	it('refuses placeholders, and names each file that has some', () => {
		const { status, said } = run(folder, 'release-check.cjs');
		expect(status).toBe(1);
		for (const file of ['package.json', 'README.md']) expect(said).toContain(`${file} still has placeholders`);
		expect(said).toContain('replace every OWNER with your GitHub account');
	});

	it('lets a package that is filled in and built pass, with and without its tag', () => {
		fillInAll();
		build();
		expect(run(folder, 'release-check.cjs')).toEqual({ status: 0, said: 'Ready to publish.\n' });
		expect(run(folder, 'release-check.cjs', `v${version}`).status).toBe(0);
	});

	it.each<[string, () => void, RegExp]>([
		['another tag', () => undefined, /^The tag is v9\.9\.9, but .*Tag it v/],
		[
			'another version in the lock file',
			() => change('package-lock.json', (text) => text.replace(`"version": "${version}"`, '"version": "0.0.1"')),
			/^package-lock\.json has version 0\.0\.1.*Run: npm install --package-lock-only/m,
		],
		[
			'no section in the change log',
			() => change('CHANGELOG.md', (text) => text.replace(version, '0.0.1')),
			/^CHANGELOG\.md has no section "## .*Add one/m,
		],
		[
			'no line in the README',
			() => change('README.md', (text) => text.replace(`- **${version}**`, '- **0.0.1**')),
			/^README\.md does not list version .*Add a line/m,
		],
		[
			'a package that is not built',
			() => rmSync(path.join(folder, 'dist'), { recursive: true }),
			/^Not built: dist\/nodes\/Wapio\/Wapio\.node\.js, .* are missing\. Run: npm run build$/m,
		],
		[
			'a credential that is not built',
			() => rmSync(path.join(folder, 'dist', 'credentials'), { recursive: true }),
			/^Not built: dist\/credentials\/WapioApi\.credentials\.js is missing\. Run: npm run build$/m,
		],
		[
			'no name of an author',
			() => change('package.json', (text) => text.replace('"name": "jane"', '"name": " "')),
			/^package\.json lacks a name or an email address in "author"\. Fill in both/,
		],
		[
			'an email address that is none',
			() => change('package.json', (text) => text.replace('jane@example.com', 'jane')),
			/^package\.json lacks a name or an email address in "author"\. Fill in both/,
		],
		[
			'no author',
			() => change('package.json', (text) => text.replace('"author"', '"maintainer"')),
			/^package\.json lacks a name or an email address in "author"\. Fill in both/,
		],
		[
			'dependencies',
			() => change('package.json', (text) => text.replace('"devDependencies"', '"dependencies"')),
			/^package\.json has dependencies .*Move them to devDependencies/m,
		],
	])('refuses %s, with the fix', (_what, breakIt, words) => {
		fillInAll();
		build();
		breakIt();
		const { status, said } = run(
			folder,
			'release-check.cjs',
			...(words.source.includes('The tag') ? ['v9.9.9'] : []),
		);
		expect(status).toBe(1);
		expect(said).toMatch(words);
		expect(said.trim().split('\n')).toHaveLength(1);
	});
});

describe('move-workflow', () => {
	let folder: string;
	beforeAll(() => {
		folder = mkdtempSync(path.join(temporary, 'move-'));
	});
	const exported = (...types: string[]) => ({
		name: 'Exported',
		nodes: types.map((type, index) => ({
			name: `Node ${index}`,
			type,
			parameters: { text: `${BIG}.wapio` },
			credentials: { wapioApi: { id: '1', name: 'Wapio' } },
		})),
		connections: {},
	});
	const write = (name: string, content: unknown): string => {
		const file = path.join(folder, name);
		const isWritten = typeof content === 'string' || Buffer.isBuffer(content);
		writeFileSync(file, isWritten ? content : JSON.stringify(content));
		return file;
	};
	/** A node that calls a workflow which is inside it. */
	const calling = (workflowJson: unknown) => {
		const workflow = exported('n8n-nodes-base.executeWorkflow');
		const nodes = workflow.nodes.map((node) => ({
			...node,
			parameters: { source: 'parameter', workflowJson },
		}));
		return { ...workflow, nodes };
	};
	const move = (...args: string[]) => run(folderOf('n8n-nodes-wapio'), 'move-workflow.cjs', ...args);

	it("changes the prefix of the provider's nodes, triggers and tools, and nothing else", () => {
		const ours = ['wapio', 'wapioTrigger', 'wapioTool', 'wapioHitlTool'];
		const others = ['n8n-nodes-base.noOp', `${BIG}.chatalo`, `${BIG}.wapioLike`];
		const workflow = exported(...ours.map((each) => `${BIG}.${each}`), ...others);
		const { status, said } = move(write('all.json', workflow));
		expect(status).toBe(0);
		expect(said).toContain('all.moved.json: 4 nodes moved to n8n-nodes-wapio. Import this file in the editor.');
		expect(said).toContain(`${BIG}.chatalo stays: n8n-nodes-wapio does not have it. Keep ${BIG} installed.`);
		const moved = readJson<typeof workflow>(folder, 'all.moved.json');
		expect(moved.nodes.map(({ type }) => type)).toEqual([
			...ours.map((each) => `n8n-nodes-wapio.${each}`),
			...others,
		]);
		const withOldTypes = moved.nodes.map((node, index) => ({ ...node, type: workflow.nodes[index]?.type }));
		expect({ ...moved, nodes: withOldTypes }).toEqual(workflow);
		// What was exported is left as it is.
		expect(readJson(folder, 'all.json')).toEqual(workflow);
	});

	it('moves a workflow back to what it was', () => {
		const workflow = exported(`${BIG}.wapioTrigger`, `${BIG}.wapio`);
		move(write('there.json', workflow));
		expect(move('--back', path.join(folder, 'there.moved.json')).said).toContain(`2 nodes moved to ${BIG}`);
		expect(readJson(folder, 'there.back.json')).toEqual(workflow);
		expect(existsSync(path.join(folder, 'there.moved.moved.json'))).toBe(false);
		expect(readJson(folder, 'there.json')).toEqual(workflow);
	});

	it('moves the nodes of a workflow that is inside a node', () => {
		const inner = exported(`${BIG}.wapio`, `${BIG}.chatalo`);
		const moved = exported('n8n-nodes-wapio.wapio', `${BIG}.chatalo`);
		const compact = JSON.stringify(inner);
		const indented = JSON.stringify(inner, undefined, 2);
		const expected: Array<[unknown, unknown]> = [
			[compact, JSON.stringify(moved)],
			[indented, JSON.stringify(moved, undefined, 2)],
			[`=${compact}`, `=${JSON.stringify(moved)}`],
			[inner, moved],
			[JSON.stringify(calling(compact)), JSON.stringify(calling(JSON.stringify(moved)))],
		];
		for (const [workflowJson, result] of expected) {
			const { status, said } = move(write('inside.json', calling(workflowJson)));
			expect(said).toContain('inside.moved.json: 1 node moved to n8n-nodes-wapio.');
			expect(said).toContain(`${BIG}.chatalo stays`);
			expect(status).toBe(0);
			expect(readJson(folder, 'inside.moved.json')).toEqual(calling(result));
		}
	});

	it('leaves what is inside a node as it was written, unless it moves', () => {
		const written = '{ "nodes": [ {"type": "n8n-nodes-base.noOp"} ] }';
		const workflow = { nodes: [...calling(written).nodes, ...exported(`${BIG}.wapio`).nodes] };
		expect(move(write('kept.json', workflow)).status).toBe(0);
		expect(readFileSync(path.join(folder, 'kept.moved.json'), 'utf8')).toContain(JSON.stringify(written));
	});

	it('names a node whose inner workflow it cannot move, and moves the others', () => {
		const unreadable = `={{ { nodes: [{ type: '${BIG}.wapio' }] } }}`;
		const words =
			/the workflow inside the node "Node 0" was not moved, because it is not plain JSON\. In the editor, replace .* with n8n-nodes-wapio there\./;
		const alone = move(write('alone.json', calling(unreadable)));
		expect(alone.said).toMatch(words);
		expect(alone.said).not.toContain('nothing to move');
		expect(alone.status).toBe(1);
		expect(existsSync(path.join(folder, 'alone.moved.json'))).toBe(false);

		const workflow = { nodes: [...calling(unreadable).nodes, ...exported(`${BIG}.wapio`).nodes] };
		const both = move(write('both.json', workflow));
		expect(both.said).toContain('1 node moved');
		expect(both.said).toMatch(words);
		expect(both.status).toBe(1);
	});

	it.each<[string, (json: string) => Buffer]>([
		['a byte order mark', (json) => Buffer.from(`\ufeff${json}`)],
		['UTF-16', (json) => Buffer.from(`\ufeff${json}`, 'utf16le')],
		['UTF-16 without a byte order mark', (json) => Buffer.from(json, 'utf16le')],
	])('reads a file with %s, as programs on Windows write it', (_what, encoded) => {
		const workflow = { ...exported(`${BIG}.wapio`), name: 'Привет' };
		expect(move(write('windows.json', encoded(JSON.stringify(workflow)))).status).toBe(0);
		expect(readJson(folder, 'windows.moved.json')).toMatchObject({ name: 'Привет' });
	});

	it('goes on with the other files after one that it refuses', () => {
		const good = write('good.json', exported(`${BIG}.wapio`));
		const { status, said } = move(path.join(folder, 'none.json'), good);
		expect(status).toBe(1);
		expect(said).toContain('none.json does not exist. Check the path.');
		expect(said).toContain('good.moved.json: 1 node moved');
	});

	it('takes a list of workflows, as n8n export:workflow writes it', () => {
		const list = [exported(`${BIG}.wapio`), exported('n8n-nodes-base.noOp')];
		expect(move(write('list.json', list)).said).toContain('1 node moved');
		expect(readJson<unknown[]>(folder, 'list.moved.json')).toHaveLength(2);
	});

	it.each<[string, () => string[], RegExp]>([
		['no file', () => [], /^Name the exported workflow\. Usage: node scripts\/move-workflow\.cjs/],
		['an unknown option', () => ['--forth', 'a.json'], /^There is no option --forth\. Usage:/],
		['a file that is missing', () => [path.join(folder, 'none.json')], /does not exist\. Check the path/],
		['a folder', () => [folder], /cannot be read \(EISDIR\)\. Check the path/],
		['what is not JSON', () => [write('text.json', 'Hello')], /is not JSON\. Export the workflow in the editor/],
		[
			'another JSON',
			() => [write('credential.json', { name: 'x' })],
			/is not an exported workflow.*choose Download/,
		],
		['an empty list', () => [write('empty.json', [])], /is not an exported workflow/],
		['nodes without a type', () => [write('odd.json', { nodes: [null, 1] })], /is not an exported workflow/],
		[
			'a workflow of another provider',
			() => [write('other.json', exported(`${BIG}.chatalo`))],
			/nothing to move\. It has no node of .* that n8n-nodes-wapio has as well/,
		],
	])('refuses %s, with the fix', (_what, args, words) => {
		const { status, said } = move(...args());
		expect(status).toBe(1);
		expect(said).toMatch(words);
		expect(said).not.toContain('    at ');
	});
});
