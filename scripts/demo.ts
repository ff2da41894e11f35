/*
 * Runs the example workflows on n8n's engine against the sandbox: no account, no n8n install. The package is loaded the
 * way n8n loads it, from its built files.
 */
import { PackageDirectoryLoader } from 'n8n-core';
import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import 'reflect-metadata';
import { type ProviderName, providers, type Sandbox, startSandbox } from '../sandbox';
import { createEngine } from '../test/support/engine';
import { exampleWorkflows } from '../test/support/exampleWorkflows';
import { providers as registered } from '../test/support/providers';
import { setFileFolder } from '../test/support/n8n/services';
import type { Play } from './demo/stage';

const root = path.join(__dirname, '..');

/** How each example is played, by its id. */
const plays: Record<string, Play> = Object.fromEntries(
	registered.flatMap((provider) => Object.entries(provider.plays)),
);

async function main(): Promise<void> {
	const loader = new PackageDirectoryLoader(root);
	await loader.loadAll();
	const sandbox = await startSandbox();
	const credentialTypes = Object.values(loader.credentialTypes).map(({ type }) => type);
	const examples = exampleWorkflows();
	const engine = createEngine({
		loader,
		credentialTypes,
		credentials: credentialsFor(sandbox, credentialTypes),
		subWorkflows: examples.map(({ file }) => file),
	});
	const folder = mkdtempSync(path.join(tmpdir(), 'n8n-files-'));
	setFileFolder(folder);
	try {
		const wrong: string[] = [];
		const played = new Set<ProviderName>();
		let count = 0;
		for (const { file, needsN8n, ...example } of examples) {
			const provider = example.provider as ProviderName;
			const before = sandbox.control.messages().length;
			console.log(`\n${file.name}`);
			if (needsN8n) {
				console.log(
					'  not played here: it needs the AI nodes of a whole n8n, and your credential of a model (npm start)',
				);
				continue;
			}
			const play = plays[file.id];
			if (!play)
				throw new Error(`Say in test/providers/${provider.toLowerCase()}/provider.ts how to play ${file.id}`);
			const expected = await play({ engine, sandbox, folder, file, provider });
			const sent = sandbox.control.messages().slice(before);
			for (const { recipient, text } of sent) console.log(`  → ${recipient}: ${withoutSecrets(text ?? '')}`);
			console.log(`  ${sent.length} of ${expected} messages stand in the sandbox`);
			if (sent.length !== expected) wrong.push(file.name);
			count++;
			played.add(provider);
		}
		console.log(`\n${count} workflows, ${played.size} provider(s): ${[...played].join(', ')}`);
		if (wrong.length > 0) throw new Error(`Not as expected: ${wrong.join(', ')}`);
		console.log('Every message was delivered exactly once.');
	} finally {
		await sandbox.close();
		await engine.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * The credentials of all providers, pointing at the sandbox. The sandbox says what to type under which label, the package
 * which field that label stands for. So a new provider needs no line here.
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

/** One-time codes are nobody's business, not even in a demo, nor are signatures of links. */
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
