import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import manifest from '../../package.json';
import { pack } from '../../scripts/n8n/package';

const read = (file: string): string => readFileSync(path.join(__dirname, '..', '..', file), 'utf8');

/** The commands in the code blocks of a page, in their order. */
function commandsOf(page: string): string[] {
	const blocks = [...page.matchAll(/```sh\n([^]*?)```/g)].map(([, block = '']) => block);
	return blocks.flatMap((block) => block.split('\n')).map((line) => line.replace(/\s*#.*/, '').trim());
}

it('builds before it packs: .npmrc keeps npm from running prepack', () => {
	expect(read('.npmrc')).toContain('ignore-scripts=true');
	const commands = commandsOf(read('docs/installing.md'));
	expect(commands.slice(0, 3)).toEqual(['npm ci', 'npm run build', 'npm pack']);
});

/** Runs the commands of the page that unpack the package, in an empty home folder. */
async function followPage(): Promise<{ home: string; problems: string }> {
	const home = mkdtempSync(path.join(tmpdir(), 'installing-'));
	await pack(home);
	const commands = commandsOf(read('docs/installing.md')).filter((line) => /^(mkdir|tar|echo) /.test(line));
	const script = commands.join('\n').replaceAll('<version>', manifest.version);
	const { stderr } = spawnSync('sh', ['-euc', script], {
		cwd: home,
		env: { ...process.env, HOME: home },
		encoding: 'utf8',
	});
	return { home, problems: stderr };
}

it('puts the package where n8n looks for it, on a machine and for Docker', async () => {
	const page = read('docs/installing.md');
	// The folder on the host that is mounted as n8n's own.
	const [, mounted = ''] = /-v "\$PWD\/([\w-]+):\/home\/node\/\.n8n\/nodes"/.exec(page) ?? [];
	const { home, problems } = await followPage();
	try {
		expect(problems).toBe('');
		for (const nodes of [path.join('.n8n', 'nodes'), mounted]) {
			const folder = path.join(home, nodes, 'node_modules', manifest.name);
			for (const file of ['package.json', ...manifest.n8n.nodes])
				expect(existsSync(path.join(folder, file))).toBe(true);
		}
		// n8n makes this file if it is missing, which it cannot in a folder that it may only read.
		expect(JSON.parse(readFileSync(path.join(home, mounted, 'package.json'), 'utf8'))).toEqual({
			dependencies: {},
		});
	} finally {
		rmSync(home, { recursive: true, force: true });
	}
});
