import { parseArgs } from 'node:util';
import { type ProviderName, providers, startSandbox } from './index';

const usage = `Usage: npm run sandbox -- [options]

Starts only the sandbox, which plays the providers, and its phone page. Prints what to enter in each credential.

  --port <number>  the sandbox's port (default: a free one)
  --host <name>    the address to listen on (default: 127.0.0.1, this machine only)
  --help           show this text`;

/** Starts only the sandbox: `npx tsx sandbox/main.ts --port 0`. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '0' },
			host: { type: 'string', default: '127.0.0.1' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(usage);
		return;
	}
	const port = Number(values.port);
	if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error('--port must be a number from 0 to 65535');

	const sandbox = await startSandbox({ port, host: values.host });
	const lines = [
		`Phone: ${sandbox.url}/phone   (open in a browser to write as the customer and see what arrives)`,
		`Sandbox: ${sandbox.url}`,
	];
	for (const name of Object.keys(providers) as ProviderName[]) {
		lines.push('', name);
		for (const { type, values } of sandbox.credentials(name)) {
			lines.push(`  Credential ${type}`);
			for (const [field, value] of Object.entries(values)) lines.push(`    ${field}: ${value}`);
		}
		for (const { id, name: device, status } of sandbox.control.devices(name))
			lines.push(`  Device ${id} (${device}, ${status})`);
		lines.push(
			'  Simulate an incoming message (once a webhook is registered):',
			`    curl -X POST ${sandbox.url}/control/${name}/incoming -H 'Content-Type: application/json' -d '{"event":"text"}'`,
		);
	}
	lines.push(
		'',
		`Simulated language model: ${sandbox.url}/model   (a few fixed rules)`,
		'  Credential openAiApi',
		'    API Key: any',
		`    Base URL: ${sandbox.modelUrl}`,
	);
	console.log([...lines, '', `All control calls: curl ${sandbox.url}/control`, 'Press Ctrl-C to stop.'].join('\n'));

	let ending = false;
	const end = (): void => {
		if (ending) return;
		ending = true;
		void sandbox.close();
	};
	process.on('SIGINT', end);
	process.on('SIGTERM', end);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
