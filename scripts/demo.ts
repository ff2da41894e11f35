/*
 * `npm run demo`: runs the example workflows on n8n's engine against the sandbox, without an account and without installing
 * n8n. The package is packed, and loaded the way n8n loads it.
 */
import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type ProviderName, providers, type Sandbox, startSandbox } from '../sandbox';
import { createEngine } from '../test/support/engine';
import { exampleWorkflows } from '../test/support/exampleWorkflows';
import { providers as registered } from '../test/support/providers';
import { setFileFolder } from '../test/support/n8n/services';
import type { Play, Stage, Tally } from './demo/stage';
import { loadPackage, unpackedPackage } from './n8n/packed';
import { progress } from './progress.cjs';

const usage = `Usage: npm run demo -- [options]

Runs the example workflows on n8n's engine against a local sandbox, and shows what happens.

  --verbose  show every step and every message
  --help     show this text`;

/** How each example is played, by its id. */
const plays: Record<string, Play> = Object.fromEntries(
	registered.flatMap((provider) => Object.entries(provider.plays)),
);

/** The example that comes first. */
const START_HERE = 'startHere';

const isStart = ({ file }: { file: { id: string } }) => file.id === START_HERE;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: { verbose: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
	});
	if (values.help) {
		console.log(usage);
		return;
	}
	const unpacked = await unpackedPackage();
	const { loader, credentialTypes } = await loadPackage(unpacked.folder);
	const sandbox = await startSandbox();
	const examples = exampleWorkflows();
	const engine = createEngine({
		loader,
		credentialTypes,
		credentials: credentialsFor(sandbox, credentialTypes),
		subWorkflows: examples.map(({ file }) => file),
	});
	const folder = mkdtempSync(path.join(tmpdir(), 'n8n-files-'));
	setFileFolder(folder);
	const tally: Tally = { received: 0, refused: 0, unknown: 0 };
	const failed: string[] = [];
	const skipped: string[] = [];
	try {
		console.log(
			"The example workflows, run by n8n's engine against a local sandbox. Nothing leaves this machine.\n",
		);
		for (const { file, needsN8n, ...example } of examples.sort(
			(one, other) => Number(isStart(other)) - Number(isStart(one)),
		)) {
			const provider = example.provider as ProviderName;
			if (needsN8n) {
				skipped.push(file.name);
				continue;
			}
			const play = plays[file.id];
			if (!play)
				throw new Error(`Add the play of ${file.id} to test/providers/${provider.toLowerCase()}/provider.ts`);
			const details: string[] = [];
			const notices: string[] = [];
			const stage: Stage = {
				engine,
				sandbox,
				folder,
				file,
				provider,
				tally,
				say: (line) => details.push(line),
				notice: (line) => notices.push(line),
			};
			const problem = await progress.during(file.name, async () => await problemOf(play, stage, details));
			if (problem !== undefined) failed.push(file.name);
			progress.line(`${problem === undefined ? '✔' : '✖'} ${file.name}`);
			const shown = [
				...(problem === undefined ? notices : [`FAILED: ${problem}`]),
				...(values.verbose || problem !== undefined ? details.map((line) => `  ${line}`) : []),
			];
			for (const line of shown) progress.line(`    ${line}`);
		}
		const sent = sandbox.control.messages().length;
		const played = examples.length - skipped.length;
		console.log(summary({ sent, played, failed, skipped, tally }));
		if (failed.length > 0) process.exitCode = 1;
	} finally {
		await sandbox.close();
		await engine.close();
		rmSync(folder, { recursive: true, force: true });
		unpacked.remove();
	}
}

/** Plays an example. Returns what went wrong, or undefined, and adds the messages that it sent to the details. */
async function problemOf(play: Play, stage: Stage, details: string[]): Promise<string | undefined> {
	const before = stage.sandbox.control.messages().length;
	try {
		const expected = await play(stage);
		const sent = stage.sandbox.control.messages().slice(before);
		for (const { recipient, text } of sent) details.push(`→ ${recipient}: ${withoutSecrets(text ?? '')}`);
		return sent.length === expected ? undefined : `${sent.length} messages were sent instead of ${expected}`;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

/** The end of the story. */
function summary(of: { sent: number; played: number; failed: string[]; skipped: string[]; tally: Tally }): string {
	const { sent, played, failed, skipped, tally } = of;
	return [
		'',
		'In all',
		`  ${String(sent).padStart(3)} messages sent${failed.length > 0 ? '' : ', each exactly once'}`,
		`  ${String(tally.received).padStart(3)} webhook deliveries received`,
		`  ${String(tally.refused).padStart(3)} messages refused, and not sent`,
		`  ${String(tally.unknown).padStart(3)} with an unknown outcome, and not sent again`,
		'',
		`${played - failed.length} of ${played} examples OK${failed.length > 0 ? `. Failed: ${failed.join(', ')}` : ''}`,
		...skipped.map((name) => `Not shown: "${name}". It needs a whole n8n.`),
		'',
		'Every step and message: npm run demo -- --verbose',
		'Next: npm start opens these workflows in the n8n editor, with a phone to write from.',
	].join('\n');
}

/**
 * The credentials of all providers, pointing at the sandbox. The sandbox knows what to enter under which label, and the
 * package knows the field of each label, so a new provider needs no line here.
 */
function credentialsFor(sandbox: Sandbox, types: ICredentialType[]): Record<string, ICredentialDataDecryptedObject> {
	const typed = (Object.keys(providers) as ProviderName[]).flatMap((provider) => sandbox.credentials(provider));
	const entries = typed.flatMap(({ type: name, values }) => {
		const type = types.find((each) => each.name === name);
		if (type === undefined) return [];
		const fields = Object.entries(values).map(([label, value]) => {
			const field = type.properties.find(({ displayName }) => displayName === label);
			if (field === undefined) throw new Error(`The credential "${type.displayName}" has no field "${label}"`);
			return [field.name, value] as const;
		});
		return [[name, Object.fromEntries(fields)] as const];
	});
	return Object.fromEntries(entries);
}

/** Hides one-time codes and the signatures of links, even in a demo. */
function withoutSecrets(text: string): string {
	return text
		.replace(/signature=\w+/g, 'signature=······')
		.replace(/\n+/g, ' ')
		.replace(/\b\d{4,8}\b is your/g, '······ is your');
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
