import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json';
import { docLinksIn, type Release, releaseProblems, sectionOf } from '../../scripts/release-check.cjs';

const root = path.join(__dirname, '..', '..');
const script = path.join(root, 'scripts', 'release-check.cjs');
const workflow = (name: string): string => readFileSync(path.join(root, '.github', 'workflows', name), 'utf8');

const changelog = '# Changelog\n\n## 1.2.3 (2026-01-31)\n\n- New: this.\n\n## 1.2.2\n\n- Old.\n';
const good: Release = {
	tag: 'v1.2.3',
	manifest: { name: 'a', version: '1.2.3', repository: { url: 'git+https://github.com/owner/name.git' } },
	lock: { version: '1.2.3' },
	changelog,
	builtIn: 'Owner/name',
};

describe('a release', () => {
	it.each<[string, Release]>([
		['in its own repository', good],
		[
			'whose repository is a plain address',
			{ ...good, manifest: { ...good.manifest, repository: 'https://github.com/owner/name' } },
		],
		['looked at outside of a build', { ...good, builtIn: undefined }],
		['with an empty list of dependencies', { ...good, manifest: { ...good.manifest, dependencies: {} } }],
	])('that fits may go: %s', (_name, release) => {
		expect(releaseProblems(release)).toEqual([]);
	});

	it.each<[string, Partial<Release>, RegExp]>([
		['another tag', { tag: 'v1.2.4' }, /tag is "v1\.2\.4".*has to be v1\.2\.3/],
		['a tag without v', { tag: '1.2.3' }, /has to be v1\.2\.3/],
		[
			'another version in the lock file',
			{ lock: { version: '1.2.2' } },
			/package-lock\.json has the version 1\.2\.2/,
		],
		['no section', { changelog: '# Changelog\n\n## 1.2.30\n\n- Other.\n' }, /no section "## 1\.2\.3"/],
		['an empty section', { changelog: '## 1.2.3\n\n## 1.2.2\n\n- Old.\n' }, /is empty/],
		['no repository', { manifest: { name: 'a', version: '1.2.3' } }, /has no "repository".*provenance/],
		[
			'a repository elsewhere',
			{ manifest: { ...good.manifest, repository: 'https://example.com/a' } },
			/has to be an address such as/,
		],
		[
			'dependencies',
			{ manifest: { ...good.manifest, dependencies: { zod: '^4.0.0', undici: '^7.0.0' } } },
			/has dependencies: undici, zod\..*devDependencies/,
		],
		['another repository', { builtIn: 'fork/name' }, /but this runs in fork\/name/],
	])('is stopped by %s', (_name, wrong, words) => {
		const problems = releaseProblems({ ...good, ...wrong });
		expect(problems).toHaveLength(1);
		expect(problems[0]).toMatch(words);
	});

	describe('with a homepage', () => {
		const homepage = 'https://github.com/owner/name#readme';
		const withLinks = (...urls: string[]): Release => ({
			...good,
			manifest: { ...good.manifest, homepage },
			docLinks: urls.map((url) => ({ file: 'nodes/Chatalo/Chatalo.node.json', page: 'chatalo', url })),
		});

		it.each([
			'https://github.com/owner/name/blob/main/docs/chatalo.md',
			'https://github.com/owner/name/blob/main/docs/chatalo.md#credential',
			'https://github.com/owner/name/docs/chatalo/',
		])('takes links to its own pages: %s', (url) => {
			expect(releaseProblems(withLinks(url))).toEqual([]);
		});

		it.each([
			'',
			'https://documenter.getpostman.com/view/42642619/2sAYdfpB6t',
			'https://github.com/owner/name',
			'https://github.com/owner/name2/blob/main/docs/chatalo.md',
			'https://github.com/owner/name/blob/main/docs/wapio.md',
		])('is stopped by a link elsewhere: "%s"', (url) => {
			const problems = releaseProblems(withLinks('https://github.com/owner/name/blob/main/docs/chatalo.md', url));
			expect(problems).toEqual([expect.stringContaining(`nodes/Chatalo/Chatalo.node.json links to "${url}"`)]);
		});
	});

	it('takes links to the providers as long as there is no homepage', () => {
		const docLinks = docLinksIn(root, manifest);
		expect(releaseProblems({ ...good, docLinks })).toEqual([]);
		const stopped = releaseProblems({
			...good,
			manifest: { ...good.manifest, homepage: 'https://a.example' },
			docLinks,
		});
		expect(stopped).toHaveLength(docLinks.length);
	});

	it('looks at the links of every node and credential', () => {
		const links = docLinksIn(root, manifest);
		const { nodes, credentials } = manifest.n8n;
		expect(new Set(links.map(({ file }) => file)).size).toBe(nodes.length + credentials.length);
		for (const { page, url } of links) {
			expect(existsSync(path.join(root, 'docs', `${page}.md`))).toBe(true);
			// The node above the providers has no page yet but ours.
			expect(url).toMatch(page === 'whatsappgateways' ? /^$/ : /^https:\/\/\S+$/);
		}
	});

	it('takes no version of another form', () => {
		const problems = releaseProblems({
			...good,
			tag: 'v1.2.3-rc.1',
			manifest: { ...good.manifest, version: '1.2.3-rc.1' },
		});
		expect(problems[0]).toMatch(/has to be three numbers/);
	});

	it('has the section of its version as notes, and no other', () => {
		expect(sectionOf(changelog, '1.2.3')).toBe('- New: this.');
		expect(sectionOf(changelog, '1.2.2')).toBe('- Old.');
		expect(sectionOf(changelog, '1.2')).toBeUndefined();
	});
});

describe('the script', () => {
	it('names all that is wrong and fails', () => {
		const { status, stderr } = spawnSync(process.execPath, [script, 'v999.0.0'], { encoding: 'utf8' });
		expect(status).toBe(1);
		expect(stderr).toContain('The tag is "v999.0.0"');
	});

	it('finds the section of the version that is written here', () => {
		const notes = execFileSync(process.execPath, [script, `v${manifest.version}`, '--notes'], { encoding: 'utf8' });
		expect(notes.trim()).not.toBe('');
	});
});

describe('the workflows', () => {
	it.each(['ci.yml', 'release.yml'])(
		'%s takes actions by their commit, may only read unless it says so, and runs the gate',
		(name) => {
			const text = workflow(name);
			const used = [...text.matchAll(/uses: (\S+)/g)].map((found) => found[1]);
			expect(used.length).toBeGreaterThan(0);
			for (const action of used) expect(action).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
			expect(text).toMatch(/^permissions:\n {2}contents: read\n/m);
			expect(text).toContain('- run: .ci/run\n');
			expect(text).not.toContain('secrets.');
		},
	);

	it('a release is checked, tested, built, published with provenance and announced, in this order', () => {
		const text = workflow('release.yml');
		const steps = [
			"tags: ['v*']",
			'node scripts/release-check.cjs "$GITHUB_REF_NAME"\n',
			'needs: check',
			'.ci/run',
			'needs: gate',
			'id-token: write',
			'npm run build',
			'npm publish --provenance --access public',
			'needs: publish',
			'--notes > notes.md',
			'gh release create',
		];
		const places = steps.map((step) => text.indexOf(step));
		expect(places).not.toContain(-1);
		expect(places).toEqual([...places].sort((one, other) => one - other));
	});
});
