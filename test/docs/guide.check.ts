/* docs/adding-a-provider.md, followed to the letter in a copy of this repository: what it makes compiles, and its tests pass. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { providers } from '../support/providers';
import { applyBlock, blocksOf, copyRepository, fencesIn, patched, pathsIn, pathsInTables } from './guide';
import { typeErrorsIn } from './typeErrors';

const root = path.join(__dirname, '..', '..');
const guide = readFileSync(path.join(root, 'docs', 'adding-a-provider.md'), 'utf8');
const blocks = blocksOf(guide);
const made = blocks.filter(({ language }) => language !== 'diff').map(({ file }) => file);
const changed = blocks.filter(({ language }) => language === 'diff').map(({ file }) => file);

/** Made by `npm run docs`, which the reference's own test checks for all providers. */
const WRITTEN_BY_PROGRAM = 'docs/reference/pigeon.md';

/** What a maintainer runs for a new provider, below the folder test, and how many tests there are at least. */
const SUITES: Record<string, number> = {
	'consistency/lists': 3,
	'consistency/outputs': 6,
	'consistency/panels': 8,
	'consistency/registry': 15,
	'contracts/contracts': 9,
	'docs/troubleshooting': 4,
	'providers/pigeon/failures': 20,
	'providers/pigeon/retryOnFail': 20,
	'providers/pigeon/sandbox': 6,
	'providers/pigeon/trigger': 30,
	'response/sendAndWait': 5,
	'whatsAppGateways/capabilities': 4,
};

/** Lines of the failure table that wait for seconds, and whose outcome does not depend on the provider. */
const SLOW = ['connection refused', 'DNS failure', 'no answer within', 'limits and waits'];

/** Everything but what is another provider's, or slow. */
const TESTS = `^(?!.*(${[...providers.map(({ name }) => name), ...SLOW].join('|')}))`;

interface TestResult {
	ancestorTitles: string[];
	fullName: string;
	status: string;
	failureMessages: string[];
}

/**
 * Runs the suites in a copy of the repository, in a process of their own. They are put into one file, since each file
 * loads n8n anew.
 *
 * @returns the result of each test; its first title is that of the suite
 */
async function runSuites(copy: string): Promise<TestResult[]> {
	const suites = Object.keys(SUITES).map((name) => `describe('${name}', () => { require('./${name}.test'); });\n`);
	writeFileSync(path.join(copy, 'test', 'suites.test.ts'), suites.join(''));
	const output = path.join(copy, 'results.json');
	const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
	const options = ['--runInBand', '--silent', '--json', `--outputFile=${output}`, '--cacheDirectory=.jest-cache'];
	// Neither a worker of these tests, nor with what this run was started with.
	const env = { ...process.env, JEST_WORKER_ID: undefined, NODE_OPTIONS: undefined };
	// A failed test ends it with an error; what failed is in the output.
	const failure: unknown = await promisify(execFile)(
		process.execPath,
		[jest, ...options, '--testNamePattern', TESTS, '--runTestsByPath', 'test/suites.test.ts'],
		{ cwd: copy, env, maxBuffer: 64 * 1024 * 1024 },
	).then(
		() => undefined,
		(error: unknown) => error,
	);
	if (!existsSync(output)) throw failure;
	const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as {
		testResults: Array<{ message: string; assertionResults: TestResult[] }>;
	};
	const [file] = testResults;
	if (!file || file.assertionResults.length === 0) throw new Error(`The suites did not run: ${file?.message}`);
	return file.assertionResults;
}

describe('the guide', () => {
	it('says which file each code block is', () => {
		expect(blocks.length).toBeGreaterThan(30);
		expect(blocks).toHaveLength(fencesIn(guide));
	});

	it('changes six existing files at most, and nothing that is shared', () => {
		expect(changed.sort()).toEqual([
			'CHANGELOG.md',
			'README.md',
			'nodes/WhatsAppGateways/gateways.ts',
			'package.json',
			'sandbox/providers/index.ts',
			'test/support/providers.ts',
		]);
		expect([...made, ...changed].filter((file) => file.startsWith('nodes/shared'))).toEqual([]);
	});

	it('begins with every place that is touched', () => {
		const named = pathsInTables(guide, 'What you touch');
		expect(named.sort()).toEqual([...made, ...changed, WRITTEN_BY_PROGRAM].sort());
	});
});

describe('a provider made by the guide', () => {
	let copy: string;
	beforeAll(() => {
		copy = realpathSync(mkdtempSync(path.join(tmpdir(), 'guide-')));
		copyRepository(root, copy);
		for (const block of blocks) applyBlock(copy, block);
		const reference = path.join(copy, WRITTEN_BY_PROGRAM);
		mkdirSync(path.dirname(reference), { recursive: true });
		writeFileSync(reference, '# Pigeon: reference\n');
	});
	afterAll(() => rmSync(copy, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));

	it('has every file that the guide names', () => {
		const named = pathsIn(guide);
		expect(named.length).toBeGreaterThan(35);
		expect(named.filter((file) => !existsSync(path.join(copy, file)))).toEqual([]);
	});

	it('compiles, passes its tests, and is all there', async () => {
		const running = runSuites(copy);
		// Its own files, and those that may list all providers.
		const sources = [...made, ...changed].filter((file) => file.endsWith('.ts'));
		const typeErrors = typeErrorsIn(copy, sources, /\bProviderName\b/);
		// What does not compile may not run either: its errors say more.
		const [outcome] = await Promise.allSettled([running]);
		expect(typeErrors).toEqual([]);
		if (outcome.status === 'rejected') throw outcome.reason;
		const results = outcome.value;
		const failed = results.filter(({ status }) => status === 'failed');
		expect(failed.map(({ fullName, failureMessages }) => [fullName, ...failureMessages])).toEqual([]);
		const passed: Record<string, number> = {};
		for (const { ancestorTitles, status } of results) {
			const suite = ancestorTitles[0] ?? '';
			if (status === 'passed') passed[suite] = (passed[suite] ?? 0) + 1;
		}
		const missing = Object.entries(SUITES).filter(([suite, count]) => (passed[suite] ?? 0) < count);
		expect(missing.map(([suite, count]) => `${suite}: ${passed[suite] ?? 0} of ${count}`)).toEqual([]);
		// A quarter of a minute on a machine of its own.
	}, 300_000);
});

describe('what the guide is read with', () => {
	const content = 'a\n\tb\nc\nd | e\n';

	it('changes the lines that a hunk shows, several hunks in order', () => {
		expect(patched(content, '@@\n a\n+x\n \tb\n@@\n-c\n+y\n d | …\n+z\n', 'f')).toBe('a\nx\n\tb\ny\nd | e\nz\n');
	});

	it.each([
		['are not there', '@@\n a\n+x\n z\n', /^f has these lines 0 times/],
		['are there more than once', '@@\n+x\n …\n', /^f has these lines \d times/],
	])('fails where the lines %s', (_name, diff, message) => {
		expect(() => patched(content, diff, 'f')).toThrow(message);
	});

	it('adds a line where it belongs by name when others have come between its neighbors', () => {
		const hunk = '@@\n chategy\n+pigeon\n wapio\n';
		expect(patched('chategy\nwapio\n', hunk, 'f')).toBe('chategy\npigeon\nwapio\n');
		expect(patched('chategy\nultramsg\nwapio\n', hunk, 'f')).toBe('chategy\npigeon\nultramsg\nwapio\n');
		expect(patched('chategy\ngreen\nwapio\n', hunk, 'f')).toBe('chategy\ngreen\npigeon\nwapio\n');
	});

	it('finds blocks and paths', () => {
		const page = 'See `docs/a.md` and `x/y`.\n\n`nodes/P/p.ts`, new:\n\n```ts\n`test/no`\n```\n\n```sh\nls\n```\n';
		expect(blocksOf(page)).toEqual([{ file: 'nodes/P/p.ts', language: 'ts', text: '`test/no`\n' }]);
		expect([fencesIn(page), pathsIn(page)]).toEqual([2, ['docs/a.md', 'nodes/P/p.ts']]);
	});
});
