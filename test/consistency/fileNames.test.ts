/** The name of a file that came from somewhere else is cleaned before it goes anywhere. */
import { play } from '../contracts/play';
import type { Engine } from '../support/engine';
import { createProviderEngine } from '../support/providerEngine';
import { providers } from '../support/providers';

const HOSTILE = '../../up\u202E\r\nX-Injected: yes\u0000"; filename="other.exe.pdf';
const CLEAN = 'upX-Injected_ yes_; filename=_other.exe.pdf';

/** Contracts whose operation sends a file of the input item under that file's own name. */
const sends = providers.flatMap((provider) =>
	provider.contracts
		.filter(({ binary, parameters }) => {
			const { fileName } = { ...(parameters.options as { fileName?: string }), ...parameters };
			return binary !== undefined && !fileName;
		})
		.map((contract) => ({
			title: `${provider.name} ${contract.source} ${contract.variant ?? ''}`,
			provider,
			contract,
		})),
);

let engine: Engine;
beforeAll(() => {
	engine = createProviderEngine();
});
afterAll(async () => await engine.close());

it('is tried with every provider that takes files of the input item', () => {
	const takers = providers.filter(({ gateway }) =>
		gateway.resources.some(({ operations }) =>
			operations.some(({ effect, fields }) => {
				const names = fields.flatMap(({ properties }) => properties.map(({ name }) => name));
				return effect === 'send' && names.includes('binaryPropertyName');
			}),
		),
	);
	expect(takers.length).toBeGreaterThan(1);
	expect([...new Set(sends.map(({ provider }) => provider.name))].sort()).toEqual(
		takers.map(({ name }) => name).sort(),
	);
});

it.each(sends.map((each) => [each.title, each] as const))('%s', async (_title, { provider, contract }) => {
	const [answer] = contract.answers;
	if (answer === undefined) throw new Error('The contract has no answer');
	const binary = Object.fromEntries(
		Object.entries(contract.binary ?? {}).map(([field, file]) => [field, { ...file, fileName: HOSTILE }]),
	);
	const { result, requests } = await play(engine, provider, { ...contract, binary }, answer);
	expect(result.error).toBeUndefined();
	const sent = requests
		.map(({ path, query, body }) => `${path} ${query.flat().join(' ')} ${body.toString()}`)
		.join('\n');
	expect(sent).not.toMatch(/[\r\n]X-Injected|\u202E|\u0000|\.\.\//);
	expect(requests.flatMap(({ headers }) => Object.keys(headers))).not.toContain('x-injected');
	// Where a request names the file, it is by the clean name.
	const name = /file_?name/i.test(sent) ? CLEAN : '';
	expect(sent).toContain(name);
});
