/*
 * `npm run soak`: sends thousands of messages through each provider's built node while one request in twenty goes wrong, and
 * through the node above them while its first provider fails in every way; and counts what the servers accepted.
 */
import { PackageDirectoryLoader } from 'n8n-core';
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import '../test/support/n8n/environment';
import { keyedBenchOf } from '../test/support/provider';
import { providers as registered } from '../test/support/providers';
import { progress } from './progress.cjs';
import { lineOf, pageOf } from './soak/report';
import { ordersOf, ROUTED, soakRouted } from './soak/routed';
import { soakProvider } from './soak/single';
import type { SoakOptions, SoakResult } from './soak/soak';

/** A part that has a process of its own. */
interface Part {
	name: string;
	/** Its share of the messages of its line on the command line. */
	share: number;
	run: (loader: PackageDirectoryLoader, options: SoakOptions, show: (done: number) => void) => Promise<SoakResult>;
}

/** With an idempotency key wherever the provider knows such keys. */
const singles: Part[] = registered.map((provider) => {
	const bench = keyedBenchOf(provider) ?? provider.bench;
	const { name } = bench;
	return {
		name,
		share: 1,
		run: async (loader, options, show) =>
			await soakProvider({ ...bench, node: loader.getNode(name).type }, options, show),
	};
});

/** The node above the providers, with each of them first once. */
const orders = ordersOf(registered.map(({ type }) => type));
const routed: Part[] = orders.map((order) => ({
	name: `${ROUTED}:${order.join('>')}`,
	share: 1 / orders.length,
	run: async (loader, options, show) =>
		await soakRouted(order, { ...options, node: loader.getNode(ROUTED).type }, show),
}));

const parts = [...singles, ...routed];

/** What can be chosen on the command line. */
const names = [...singles.map(({ name }) => name), ROUTED];

/** More than a provider can take, however slow the machine: a run that has not ended by then hangs. */
const HANGS_AFTER_MS = 30 * 60_000;

const usage = `Usage: npm run soak -- [options]

Sends messages through the node of each provider while one request in twenty fails, and through the node above them while
its first provider fails in every way, and counts what the servers accepted. Takes about 15 minutes with 10,000 messages
for each node.

  --count <number>      messages for each node (default: 10000)
  --providers <names>   some of ${names.join(', ')}; separated by commas
  --seed <number>       chooses which requests fail (default: 1)
  --write <file>        also write the result to this file, e.g. docs/soak.md
  --help                show this text`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			count: { type: 'string', default: '10000' },
			providers: { type: 'string', default: names.join() },
			seed: { type: 'string', default: '1' },
			write: { type: 'string' },
			/** For the processes that this one starts, one for each part. */
			only: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(usage);
		return;
	}
	const options = { count: whole('count', values.count), seed: whole('seed', values.seed) };
	if (values.only !== undefined) return await report(named(values.only)[0], options);

	const chosen = values.providers.split(',').map((name) => name.trim());
	const waiting = chosen.flatMap(named);
	const total = waiting.reduce((sum, part) => sum + countOf(part, options), 0);
	const settled = new Map<string, number>();
	const results: SoakResult[] = [];
	// They wait more than they work.
	const parallel = Math.ceil(availableParallelism() * 1.5);
	await progress.step(
		`Sending ${number(options.count)} messages through each of ${chosen.length} nodes, seed ${options.seed}`,
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
				for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
					const { name } = part;
					const result = await inItsProcess(part, options, (done) => show(name, done));
					progress.line(lineOf(result));
					for (const words of result.wrong.slice(0, 10)) progress.line(`  WRONG: ${words}`);
					results.push(result);
				}
			};
			await Promise.all(Array.from({ length: Math.min(waiting.length, parallel) }, worker));
		},
		'about 15 minutes with 10,000 messages each',
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

function countOf({ share }: Part, { count }: SoakOptions): number {
	return Math.ceil(count * share);
}

/** Each part has its own process, and so its own heap. */
async function inItsProcess(part: Part, options: SoakOptions, show: (done: number) => void): Promise<SoakResult> {
	const { name } = part;
	const args = ['--only', name, '--count', String(countOf(part, options)), '--seed', String(options.seed)];
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
async function report(part: Part | undefined, options: SoakOptions): Promise<void> {
	const end = (): never => process.exit(1);
	process.once('disconnect', end);
	try {
		const loader = new PackageDirectoryLoader(path.join(__dirname, '..'));
		await loader.loadAll();
		const result = await part?.run(loader, options, (done) => process.send?.({ done }));
		await new Promise<void>((resolve) => process.send?.(result, () => resolve()));
	} finally {
		process.removeListener('disconnect', end);
		process.disconnect();
	}
}

const number = (value: number): string => value.toLocaleString('en');

/** @throws Error for a name of no part; that of the node above the providers stands for all its orders */
function named(name: string): Part[] {
	const wanted = name.toLowerCase();
	const found = parts.filter((part) =>
		[part.name, part.name.split(':')[0]].some((each) => each?.toLowerCase() === wanted),
	);
	if (found.length > 0) return found;
	throw new Error(`There is no node "${name}": choose from ${names.join(', ')}`);
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
