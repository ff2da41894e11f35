'use strict';

/*
 * Says what is missing before a version can be published:  node scripts/release-check.cjs v1.2.3
 */
const { readFileSync } = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const read = (file) => readFileSync(path.join(root, file), 'utf8');
const [tag = ''] = process.argv.slice(2);
const { version } = JSON.parse(read('package.json'));

const problems = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md']
	.filter((file) => /\bOWNER\b/.test(read(file)))
	.map(
		(file) =>
			`${file}: replace every OWNER by the GitHub account, and by the name and email address of the author.`,
	);
if (tag !== '' && tag !== `v${version}`) {
	problems.push(
		`The tag ${tag} does not fit version ${version} in package.json. Tag it v${version}, or change the version.`,
	);
}
for (const file of ['CHANGELOG.md', 'README.md']) {
	if (!read(file).includes(version)) problems.push(`${file}: say what is new in version ${version}.`);
}
if (problems.length === 0) console.log(`Ready to publish version ${version}.`);
else {
	console.error(problems.join('\n'));
	process.exitCode = 1;
}
