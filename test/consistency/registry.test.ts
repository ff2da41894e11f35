/** What belongs to a provider is all there: whatever a sixth one forgets is named here. */
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json';
import { type ProviderDefinition, providers as sandboxProviders } from '../../sandbox';
import type { CredentialSource } from '../support/n8n/credentials';
import { exampleWorkflows, PACKAGE_PREFIX } from '../support/exampleWorkflows';
import type { NodeSource } from '../support/n8n/nodeTypes';
import { folderOf, None, type Provider } from '../support/provider';
import { providers } from '../support/providers';

const root = path.join(__dirname, '..', '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const isThere = (file: string): boolean => existsSync(path.join(root, file));
const foldersIn = (folder: string): string[] =>
	readdirSync(path.join(root, folder), { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => name);

/** Folders beside those of the providers. */
const NO_PROVIDERS = ['shared', 'WhatsAppGateways'];

/** All fields of an entry; the type checker names one that is missing here. */
const FIELDS: Record<keyof Provider, true> = {
	name: true,
	type: true,
	node: true,
	trigger: true,
	gateway: true,
	credentials: true,
	basePath: true,
	api: true,
	yes: true,
	contested: true,
	secrets: true,
	contracts: true,
	inbound: true,
	requests: true,
	fixedParameters: true,
	bench: true,
	sendAndWait: true,
	refusals: true,
	idempotency: true,
	lists: true,
	roundTrip: true,
	incomingTexts: true,
	exampleEvent: true,
	exampleSteps: true,
	plays: true,
	noMessages: true,
	e2e: true,
};

/** Fields that may be empty without a reason: the list of requests shows whether something is missing. */
const MAY_BE_EMPTY = ['inbound'];

function isEmpty(value: unknown): boolean {
	if (value instanceof None) return value.reason === '';
	if (typeof value === 'function') return false;
	return value === undefined || value === null || Object.keys(value).length === 0;
}

const nodeOf = (source: NodeSource) => (typeof source === 'function' ? new source() : source) as INodeType;
const credentialOf = (source: CredentialSource): ICredentialType =>
	typeof source === 'function' ? new source() : source;
/** The name of its class, after which its file is called. */
const classOf = (thing: object): string => thing.constructor.name;

describe('the registry', () => {
	const registered = providers.map(folderOf).sort();

	it.each([
		['nodes', foldersIn('nodes').filter((name) => !NO_PROVIDERS.includes(name))],
		['sandbox/providers', foldersIn('sandbox/providers')],
		['test/providers', foldersIn('test/providers')],
		['sandbox/providers/index.ts', Object.keys(sandboxProviders)],
	])('has the providers of %s, and no others', (_place, names) => {
		expect(names.map((name) => name.toLowerCase()).sort()).toEqual(registered);
	});

	it('is in the order of the documentation, by name', () => {
		const names = providers.map(({ name }) => name);
		expect(names).toEqual([...names].sort());
	});

	it('has all nodes and credentials of package.json, and no others', () => {
		const listed = [...manifest.n8n.nodes, ...manifest.n8n.credentials].filter(
			(file) => !NO_PROVIDERS.some((folder) => file.startsWith(`dist/nodes/${folder}/`)),
		);
		expect(listed.sort()).toEqual(providers.flatMap(builtFilesOf).sort());
	});
});

/** The files that n8n loads. */
function builtFilesOf(provider: Provider): string[] {
	const node = classOf(nodeOf(provider.node));
	const trigger = classOf(nodeOf(provider.trigger));
	const credentials = Object.values(provider.credentials).map(({ source }) => classOf(credentialOf(source)));
	return [
		...[node, trigger].map((name) => `dist/nodes/${node}/${name}.node.js`),
		...credentials.map((name) => `dist/credentials/${name}.credentials.js`),
	];
}

describe.each(providers)('$name', (provider) => {
	const { name, type, bench } = provider;
	const folder = folderOf(provider);
	const node = nodeOf(provider.node);
	const trigger = nodeOf(provider.trigger);
	const credentials = Object.values(provider.credentials).map(({ source }) => credentialOf(source));
	const tests = `test/providers/${folder}`;

	it('says something of every part of its entry, or why there is nothing', () => {
		const { lists, idempotency } = provider;
		const parts: Record<string, unknown> = {
			...Object.fromEntries(Object.keys(FIELDS).map((field) => [field, provider[field as keyof Provider]])),
			'lists.chosen': lists.chosen,
			'lists.withoutList': lists.withoutList,
			'idempotency.reason': idempotency.kind === 'none' ? idempotency.reason : idempotency.kind,
		};
		const empty = Object.keys(parts).filter((part) => isEmpty(parts[part]));
		expect(empty.filter((part) => !MAY_BE_EMPTY.includes(part))).toEqual([]);
	});

	it('has its files', () => {
		const files = [
			...builtFilesOf(provider).map((file) => file.replace(/^dist\//, '').replace(/\.js$/, '.ts')),
			`sandbox/providers/${folder}/provider.ts`,
			`sandbox/providers/${folder}/seed.ts`,
			`${tests}/bench.ts`,
			`docs/${folder}.md`,
			`docs/reference/${folder}.md`,
		];
		expect(files.filter((file) => !isThere(file))).toEqual([]);
	});

	it('is named alike in n8n, the sandbox and the tests', () => {
		expect({
			node: [node.description.name, node.description.displayName],
			trigger: [trigger.description.name, trigger.description.displayName],
			bench: [bench.name, bench.node, bench.trigger],
		}).toEqual({
			node: [type, name],
			trigger: [`${type}Trigger`, `${name} Trigger`],
			bench: [type, provider.node, provider.trigger],
		});
	});

	it('has the credentials that its nodes ask for', () => {
		const types = Object.keys(provider.credentials);
		expect(credentials.map((each) => each.name)).toEqual(types);
		expect((node.description.credentials ?? []).map((each) => each.name)).toEqual(types);
		expect([bench.credentialType, ...Object.keys(bench.others ?? {})]).toEqual(types);
		for (const [credentialType, { source, values, sandboxValues, keyField }] of Object.entries(
			provider.credentials,
		)) {
			const fields = credentialOf(source).properties.map((property) => property.name);
			const filledIn = [
				keyField,
				...Object.keys(values),
				...Object.keys(sandboxValues('http://sandbox.example')),
			];
			expect([credentialType, filledIn.filter((field) => !fields.includes(field))]).toEqual([credentialType, []]);
		}
	});

	it('has a light and a dark icon wherever n8n shows one', () => {
		const missing = [
			...[node, trigger].map((each) => [`nodes/${classOf(node)}`, each.description] as const),
			...credentials.map((each) => ['credentials', each] as const),
		].flatMap(([from, { name: shown, icon }]) => {
			if (typeof icon !== 'object') return [`${shown} has no icons`];
			const files = [icon.light, icon.dark].map((file) => path.posix.join(from, file.replace(/^file:/, '')));
			return files.filter((file) => !isThere(file)).map((file) => `${shown}: ${file}`);
		});
		expect(missing).toEqual([]);
	});

	it('has a codex file for each node', () => {
		const codexes = [node, trigger].map((each) => {
			const file = `nodes/${classOf(node)}/${classOf(each)}.node.json`;
			return [file, isThere(file) ? (JSON.parse(read(file)) as { node: string }).node : 'missing'];
		});
		expect(codexes).toEqual([
			[expect.any(String), `${PACKAGE_PREFIX}${type}`],
			[expect.any(String), `${PACKAGE_PREFIX}${type}Trigger`],
		]);
	});

	it('is filled in by the sandbox under the labels of its credentials', () => {
		const { credential, webSockets = {}, otherCredentials = {} }: ProviderDefinition = sandboxProviders[type];
		const typed = { [`${type}Api`]: { ...credential, ...webSockets }, ...otherCredentials };
		expect(Object.keys(typed)).toEqual(Object.keys(provider.credentials));
		for (const each of credentials) {
			const labels = each.properties.map(({ displayName }) => displayName);
			const wrong = Object.keys(typed[each.name] ?? {}).filter((label) => !labels.includes(label));
			expect([each.name, wrong]).toEqual([each.name, []]);
		}
	});

	it('can be found: keyword, table of the README, changelog', () => {
		expect(manifest.keywords).toContain(folder);
		expect(read('README.md')).toContain(`\n| [${name}](docs/${folder}.md) |`);
		expect(read('CHANGELOG.md')).toMatch(new RegExp(`^- ${name}\\b`, 'm'));
		expect(read(`docs/${folder}.md`)).toContain(`(reference/${folder}.md)`);
	});

	it('has the tests that every provider has', () => {
		const files = readdirSync(path.join(root, tests), { encoding: 'utf8', recursive: true })
			.filter((file) => file.endsWith('.test.ts'))
			.map((file) => file.split(path.sep).join('/'));
		const texts = files.map((file) => read(`${tests}/${file}`)).join('\n');
		const missing = [
			...['failures', 'sandbox', 'trigger'].filter(
				(kind) => !files.some((file) => new RegExp(`^${kind}\\b.*\\.test\\.ts$`).test(file)),
			),
			...['describeFailureTable(', 'describeRetryTable('].filter((call) => !texts.includes(call)),
		];
		expect(missing).toEqual([]);
	});

	it('says how the demo plays each of its example workflows', () => {
		const own = exampleWorkflows().filter((example) => example.provider === type && !example.needsN8n);
		expect(Object.keys(provider.plays).sort()).toEqual(own.map(({ file }) => file.id).sort());
	});
});

/** What n8n answers a webhook with is ours only if the description names nothing else; the trigger notes the event then. */
describe.each(providers)('the trigger of $name', ({ trigger }) => {
	it('leaves the body of the answer to what the node returns', () => {
		const { webhooks = [] } = nodeOf(trigger).description;
		const answering = webhooks.filter(({ restartWebhook }) => restartWebhook !== true);
		expect(answering.map(({ responseMode, responseData }) => [responseMode, responseData])).toEqual([
			['onReceived', ''],
		]);
	});
});
