'use strict';

/*
 * Whether a tag may be released: it fits package.json, the lock file and the change log, the package has no dependencies and
 * says where its sources are, and once it has a homepage the editor's Docs links lead to its pages. Plain JavaScript without
 * dependencies, because it runs before anything is installed.
 *
 *   node scripts/release-check.cjs v0.1.0            says what is wrong and ends with 1, or with 0
 *   node scripts/release-check.cjs v0.1.0 --notes    prints the change log's section
 */
const { readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

const VERSION = /^\d+\.\d+\.\d+$/;

/** How npm's provenance wants the address of the sources. */
const REPOSITORY = /^(?:git\+)?https:\/\/github\.com\/([\w.-]+\/[\w.-]+?)(?:\.git)?$/;

/** The text below a version's heading up to the next one, without the heading; undefined if there is no such heading. */
function sectionOf(changelog, version) {
	const lines = changelog.split(/\r?\n/);
	const start = lines.findIndex((line) => /^## /.test(line) && line.slice(3).trim().split(/[\s(]/)[0] === version);
	if (start < 0) return undefined;
	const length = lines.slice(start + 1).findIndex((line) => /^## /.test(line));
	return lines
		.slice(start + 1, length < 0 ? undefined : start + 1 + length)
		.join('\n')
		.trim();
}

/**
 * The links that n8n shows as documentation, read from the sources: in a codex, or `documentationUrl` of a credential.
 *
 * @returns each with its file and the name of the page that it should lead to, such as `chatalo`
 */
function docLinksIn(root, manifest) {
	const { nodes, credentials } = manifest.n8n;
	const source = (file) => path.posix.relative('dist', file).replace(/\.js$/, '');
	const folders = [...new Set(nodes.map((file) => path.posix.basename(path.posix.dirname(file))))];
	const codexes = folders.flatMap((folder) =>
		readdirSync(path.join(root, 'nodes', folder))
			.filter((name) => name.endsWith('.node.json'))
			.flatMap((name) => {
				const file = `nodes/${folder}/${name}`;
				const { resources } = JSON.parse(readFileSync(path.join(root, file), 'utf8'));
				const { primaryDocumentation = [], credentialDocumentation = [] } = resources;
				const links = [...primaryDocumentation, ...credentialDocumentation];
				// Without any, a link is still to be written.
				const urls = links.length > 0 ? links.map(({ url }) => url) : [''];
				return urls.map((url) => ({ file, page: folder.toLowerCase(), url }));
			}),
	);
	const ofCredentials = credentials.map((built) => {
		const file = `${source(built)}.ts`;
		const folder = folders.find((name) => path.posix.basename(file).startsWith(name)) ?? '';
		const [, url = ''] = /\bdocumentationUrl = '([^']*)'/.exec(readFileSync(path.join(root, file), 'utf8')) ?? [];
		return { file, page: folder.toLowerCase(), url };
	});
	return [...codexes, ...ofCredentials];
}

/** Whether a link leads to the page of a provider below the homepage: `…/docs/chatalo.md`, `…/chatalo`. */
function isOwnPage(url, homepage, page) {
	const home = homepage.replace(/[#?].*$/, '').replace(/\/+$/, '');
	const [, name] = /\/([\w-]+)(?:\.\w+)?\/?(?:[#?].*)?$/.exec(url) ?? [];
	return url.startsWith(`${home}/`) && name === page;
}

/** What keeps a tag from being released, each in a sentence; none if it may be. */
function releaseProblems({ tag, manifest, lock, changelog, builtIn, docLinks = [] }) {
	const { name, version, repository, homepage = '', dependencies = {} } = manifest;
	const problems = [];
	if (!VERSION.test(version))
		problems.push(`package.json has the version "${version}". It has to be three numbers, such as 1.2.3.`);
	if (tag !== `v${version}`)
		problems.push(
			`The tag is "${tag}", but package.json has the version ${version}: the tag has to be v${version}.`,
		);
	if (lock.version !== version) {
		problems.push(
			`package-lock.json has the version ${lock.version}. Run npm install --package-lock-only and commit it.`,
		);
	}
	const notes = sectionOf(changelog, version);
	if (notes === undefined) problems.push(`CHANGELOG.md has no section "## ${version}".`);
	else if (notes === '') problems.push(`The section "## ${version}" of CHANGELOG.md is empty.`);

	const needed = Object.keys(dependencies).sort();
	if (needed.length > 0)
		problems.push(
			`package.json has dependencies: ${needed.join(', ')}. n8n verifies only packages without any: move them to devDependencies, and let the build bundle them (LIBRARIES in scripts/build/vendor.cjs).`,
		);

	const url = typeof repository === 'string' ? repository : (repository?.url ?? '');
	const place = REPOSITORY.exec(url)?.[1];
	if (url === '') {
		problems.push(
			`package.json has no "repository". npm publishes ${name} with provenance only if it names the public repository that the build runs in, for example "repository": { "type": "git", "url": "git+https://github.com/owner/name.git" }.`,
		);
	} else if (place === undefined) {
		problems.push(
			`"repository" in package.json is "${url}". It has to be an address such as git+https://github.com/owner/name.git.`,
		);
	} else if (builtIn !== undefined && place.toLowerCase() !== builtIn.toLowerCase()) {
		problems.push(
			`"repository" in package.json is ${place}, but this runs in ${builtIn}: npm refuses the provenance of another repository.`,
		);
	}

	// Without a homepage there is no public page of ours, so the links lead to the providers.
	const wrong = homepage === '' ? [] : docLinks.filter(({ url, page }) => !isOwnPage(url, homepage, page));
	for (const { file, page, url } of wrong) {
		problems.push(
			`${file} links to "${url}". package.json has a homepage now: link to the page of ${page} below ${homepage}, for example ${homepage.replace(/[#?].*$/, '').replace(/\/+$/, '')}/blob/main/docs/${page}.md.`,
		);
	}
	return problems;
}

function main([tag = '', option], root) {
	const read = (file) => readFileSync(path.join(root, file), 'utf8');
	const manifest = JSON.parse(read('package.json'));
	const changelog = read('CHANGELOG.md');
	if (option === '--notes') {
		console.log(sectionOf(changelog, tag.replace(/^v/, '')) ?? '');
		return 0;
	}
	const lock = JSON.parse(read('package-lock.json'));
	const docLinks = docLinksIn(root, manifest);
	const builtIn = process.env.GITHUB_REPOSITORY;
	const problems = releaseProblems({ tag, manifest, lock, changelog, builtIn, docLinks });
	for (const problem of problems) console.error(problem);
	if (problems.length === 0) console.log(`${manifest.name} ${manifest.version} may be released.`);
	return problems.length === 0 ? 0 : 1;
}

module.exports = { docLinksIn, releaseProblems, sectionOf };

if (require.main === module) process.exitCode = main(process.argv.slice(2), path.join(__dirname, '..'));
