import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json';
import { anchorsOf, targetsOf } from './links';

const root = path.join(__dirname, '..', '..');
const docs = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) =>
	name.endsWith('.md'),
);
const pages = ['README.md', ...docs.map((name) => path.join('docs', name))];
/** Workflows of the provider that the guide makes up; its own test makes them. */
const MADE_UP = /\/pigeon-/;

const read = (page: string): string => readFileSync(path.join(root, page), 'utf8');

/** What is wrong with a link that stays in this repository; undefined if it leads somewhere. */
function faultOf(page: string, target: string): string | undefined {
	const [name = '', anchor] = decodeURI(target).split('#');
	const file = name === '' ? page : path.join(path.dirname(page), name);
	if (file.startsWith('..')) return `${target} leads out of the repository`;
	if (!existsSync(path.join(root, file))) return `${target}: there is no ${file}`;
	if (anchor === undefined || !file.endsWith('.md')) return undefined;
	return anchorsOf(read(file)).has(anchor) ? undefined : `${target}: ${file} has no heading "${anchor}"`;
}

describe.each(pages)('%s', (page) => {
	it('has links and images that lead somewhere', () => {
		const inside = targetsOf(read(page)).filter((target) => !/^(https?|mailto):/.test(target));
		expect(inside.map((target) => faultOf(page, target)).filter((fault) => fault !== undefined)).toEqual([]);
	});

	it('names workflows and commands that there are', () => {
		const text = read(page);
		const workflows = [...text.matchAll(/\bworkflows\/[\w-]+\.json\b/g)].map(([name]) => name);
		const missing = workflows.filter((name) => !MADE_UP.test(name) && !existsSync(path.join(root, name)));
		expect(missing).toEqual([]);
		const commands = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name);
		expect(commands.filter((name) => !Object.hasOwn(manifest.scripts, name))).toEqual([]);
	});
});

it('reads links and headings as GitHub does', () => {
	const page =
		'# A: b `c`, *d*\n## Twice\n## Twice\n[x](a.md#b "t") ![y](<i.png>) `[no](no.md)`\n```\n[no](no.md)\n# no\n```\n<img alt="" src="z.png">\n[r]: r.md\n';
	expect(targetsOf(page)).toEqual(['a.md#b', 'i.png', 'r.md', 'z.png']);
	expect([...anchorsOf(page)]).toEqual(['a-b-c-d', 'twice', 'twice-1']);
	expect(faultOf('README.md', 'docs/no-such-page.md')).toMatch(/there is no docs/);
	expect(faultOf('README.md', '#no-such-heading')).toMatch(/has no heading/);
	expect(faultOf('docs/triggers.md', '../../elsewhere.md')).toMatch(/out of the repository/);
});
