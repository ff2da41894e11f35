import { readFileSync } from 'node:fs';
import path from 'node:path';

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

it('installs the package on a machine and for Docker in the same way', () => {
	const installs = commandsOf(read('docs/installing.md')).filter((line) => line.startsWith('npm install'));
	expect(installs).toHaveLength(2);
	expect(new Set(installs).size).toBe(1);
	expect(installs[0]).toMatch(/--prefix \. --ignore-scripts --omit=peer --legacy-peer-deps /);
});
