'use strict';

/*
 * Says what is missing before a version can be published:
 *
 *   node scripts/release-check.cjs           whether everything is filled in and built
 *   node scripts/release-check.cjs v1.2.3    and whether this tag fits
 */
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');

/** Folders that are not the repository's own. */
const SKIPPED = ['.git', 'dist', 'node_modules', 'scripts'];

/** What stands for the account, the author, and the version of the video. */
const PLACEHOLDER = /\bOWNER\b|example\.invalid/;

const read = (file) => readFileSync(path.join(root, file), 'utf8');

/** Every file that may hold a placeholder. */
function filesBelow(folder = '') {
	return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
		const name = path.posix.join(folder, entry.name);
		if (entry.isDirectory()) return SKIPPED.includes(name) ? [] : filesBelow(name);
		return /\.(json|md|ya?ml)$|^LICENSE$/.test(name) ? [name] : [];
	});
}

function isFilled(value) {
	return typeof value === 'string' && value.trim() !== '';
}

/** What keeps this version from being published, each in a sentence with the fix; none if it may be. */
function problemsOf(tag) {
	const manifest = JSON.parse(read('package.json'));
	const { version, dependencies = {}, author, n8n } = manifest;
	const problems = filesBelow()
		.filter((file) => PLACEHOLDER.test(read(file)))
		.map(
			(file) =>
				`${file} still has placeholders: replace every OWNER with your GitHub account, and in "author" of package.json with your name and email address.`,
		);
	if (!isFilled(author?.name) || !/.@./.test(author.email))
		problems.push(
			'package.json lacks a name or an email address in "author". Fill in both: "author": { "name": "…", "email": "…@…" }',
		);
	// npm would publish the package without them.
	const missing = [...n8n.nodes, ...n8n.credentials].filter((file) => !existsSync(path.join(root, file)));
	if (missing.length > 0)
		problems.push(
			`Not built: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing. Run: npm run build`,
		);
	if (tag !== undefined && tag !== `v${version}`)
		problems.push(
			`The tag is ${tag}, but package.json has version ${version}. Tag it v${version}, or change the version with: npm version --no-git-tag-version`,
		);
	const locked = JSON.parse(read('package-lock.json')).version;
	if (locked !== version)
		problems.push(
			`package-lock.json has version ${locked}, package.json has ${version}. Run: npm install --package-lock-only`,
		);
	if (
		!read('CHANGELOG.md')
			.split(/\r?\n/)
			.some((line) => line.startsWith('## ') && line.slice(3).split(/[\s(]/)[0] === version)
	)
		problems.push(`CHANGELOG.md has no section "## ${version}". Add one that says what is new.`);
	if (!read('README.md').includes(`- **${version}**`))
		problems.push(
			`README.md does not list version ${version} under "Version history". Add a line that begins with - **${version}**`,
		);
	const installed = Object.keys(dependencies);
	if (installed.length > 0)
		problems.push(
			`package.json has dependencies (${installed.join(', ')}), which n8n does not verify. Move them to devDependencies; the build bundles them.`,
		);
	return problems;
}

const problems = problemsOf(process.argv[2]);
if (problems.length === 0) console.log('Ready to publish.');
else {
	console.error(problems.join('\n'));
	process.exitCode = 1;
}
