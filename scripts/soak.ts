/*
 * `npm run soak`: sends thousands of messages through each provider's built node while one request in twenty goes wrong,
 * and counts what the server accepted.
 */
import { PackageDirectoryLoader } from 'n8n-core';
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchProvider } from '../test/support/bench';
import '../test/support/n8n/environment';
import { keyedBenchOf } from '../test/support/provider';
import { providers as registered } from '../test/support/providers';
import { progress } from './progress.cjs';
import { soak, type SoakOptions, type SoakResult } from './soak/provider';
import { lineOf, pageOf } from './soak/report';

/** With an idempotency key wherever the provider knows such keys. */
const providers = registered.map((provider) => keyedBenchOf(provider) ?? provider.bench);

/** More than a provider can take, however slow the machine: a run that has not ended by then hangs. */
const HANGS_AFTER_MS = 30 * 60_000;

const usage = `Usage: npm run soak -- [options]

Sends messages through the node of each provider while one request in twenty fails, and counts what the server accepted.
Takes about 10 minutes with 10,000 messages for each provider.

  --count <number>      messages for each provider (default: 10000)
  --providers <names>   some of ${providers.map(({ name }) => name).join(', ')}; separated by commas
  --seed <number>       chooses which requests fail (default: 1)
  --write <file>        also write the result to this file, e.g. docs/soak.md
  --help                show this text`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			count: { type: 'string', default: '10000' },
			providers: { type: 'string', default: providers.map(({ name }) => name).join() },
			seed: { type: 'string', default: '1' },
			write: { type: 'string' },
			/** For the processes that this one starts, one for each provider. */
			only: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(usage);
		return;
	}
	const options = { count: whole('count', values.count), seed: whole('seed', values.seed) };
	if (values.only !== undefined) return await report(named(values.only), options);

	const waiting = values.providers.split(',').map((name) => named(name.trim()));
	const total = options.count * waiting.length;
	const settled = new Map<string, number>();
	const results: SoakResult[] = [];
	// They wait more than they work.
	const parallel = Math.ceil(availableParallelism() * 1.5);
	await progress.step(
		`Sending ${number(options.count)} messages for each of ${waiting.length} providers, seed ${options.seed}`,
		async ({ count }) => {
			const show = (name: string, done: number): void => {
				settled.set(name, done);
				count(
					[...settled.values()].reduce((sum, each) => sum + each, 0),
					total,
					'messages',
				);
			};
			const worker = async (): Promise<void> => {
				for (let provider = waiting.shift(); provider !== undefined; provider = waiting.shift()) {
					const { name } = provider;
					const result = await inItsProcess(provider, options, (done) => show(name, done));
					progress.line(lineOf(result));
					for (const words of result.wrong.slice(0, 10)) progress.line(`  WRONG: ${words}`);
					results.push(result);
				}
			};
			await Promise.all(Array.from({ length: Math.min(waiting.length, parallel) }, worker));
		},
		'about 10 minutes with 10,000 messages each',
	);

	const wrong = results.filter((result) => result.wrong.length > 0);
	console.log(
		wrong.length === 0
			? 'OK: every message was accepted at most once, and exactly once whenever the outcome was known.'
			: `FAILED: ${wrong.map(({ provider }) => provider).join(', ')}`,
	);
	process.exitCode = wrong.length === 0 ? 0 : 1;
	if (values.write === undefined) return;
	results.sort((one, other) => one.provider.localeCompare(other.provider, 'en'));
	writeFileSync(values.write, pageOf(results, options));
	console.log(`Written to ${values.write}`);
}

/** Each provider has its own process, and so its own heap. */
async function inItsProcess(
	{ name }: BenchProvider,
	{ count, seed }: SoakOptions,
	show: (done: number) => void,
): Promise<SoakResult> {
	const args = ['--only', name, '--count', String(count), '--seed', String(seed)];
	const child = fork(path.join(__dirname, 'soak.ts'), args, { execArgv: ['--import', 'tsx'] });
	const watch = setTimeout(() => child.kill('SIGKILL'), HANGS_AFTER_MS);
	return await new Promise<SoakResult>((resolve, reject) => {
		let result: SoakResult | undefined;
		child.on('message', (message: SoakResult | { done: number }) => {
			if ('done' in message) show(message.done);
			else result = message;
		});
		child.on('error', reject);
		child.on('exit', (code, signal) => {
			if (result) resolve(result);
			else reject(new Error(`${name} did not finish (${signal ?? `exit code ${code}`})`));
		});
	}).finally(() => clearTimeout(watch));
}

/** The work of a child process, which ends with its parent. */
async function report(provider: BenchProvider, options: SoakOptions): Promise<void> {
	const end = (): never => process.exit(1);
	process.once('disconnect', end);
	try {
		const loader = new PackageDirectoryLoader(path.join(__dirname, '..'));
		await loader.loadAll();
		const node = loader.getNode(provider.name).type;
		const result = await soak({ ...provider, node }, options, (done) => process.send?.({ done }));
		await new Promise<void>((resolve) => process.send?.(result, () => resolve()));
	} finally {
		process.removeListener('disconnect', end);
		process.disconnect();
	}
}

const number = (value: number): string => value.toLocaleString('en');

function named(name: string): BenchProvider {
	const found = providers.find((provider) => provider.name.toLowerCase() === name.toLowerCase());
	if (found) return found;
	throw new Error(`There is no provider "${name}": choose from ${providers.map((each) => each.name).join(', ')}`);
}

function whole(name: string, written: string): number {
	const value = Number(written);
	if (Number.isInteger(value) && value >= 1) return value;
	throw new Error(`--${name} takes a whole number from 1`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
