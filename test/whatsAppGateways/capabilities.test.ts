/** What the node above the providers knows of each: complete, and true of the operations that it names. */
import type { INodeProperties } from 'n8n-workflow';
import { allCapabilities, capabilitiesOf } from '../../nodes/WhatsAppGateways/gateways';
import { accountReasonOf } from '../../nodes/shared/messaging/accountRefusals';
import type { Job, Service } from '../../nodes/shared/messaging/capabilities';
import { propertiesOfOperation } from '../../nodes/shared/operations/define/properties';
import { keyedBenchOf } from '../support/provider';
import { providers } from '../support/providers';

const files = (['url', 'binary'] as const).flatMap((source) =>
	[true, false].flatMap((hasCaption) =>
		['image/png', 'video/mp4', 'audio/ogg', 'application/pdf', undefined].map((mimeType) => ({
			kind: 'file' as const,
			source,
			hasCaption,
			mimeType,
		})),
	),
);

const jobs: Job[] = [
	{ kind: 'numberCheck', to: 'person' },
	...(['person', 'group'] as const).flatMap((to): Job[] => [
		{ kind: 'text', to },
		{ kind: 'question', to },
		...files.map((file) => ({ ...file, to })),
	]),
];

/** Names of an operation's parameters, those of its options as `options.<name>`. */
function parametersOf({ operation }: Service): string[] {
	return propertiesOfOperation(operation).flatMap(({ name, type, options = [] }) => [
		name,
		...(type === 'collection' ? (options as INodeProperties[]).map((option) => `${name}.${option.name}`) : []),
	]);
}

it('knows every provider', () => {
	expect(allCapabilities.map(({ provider }) => provider).sort()).toEqual(providers.map(({ type }) => type).sort());
});

describe.each(providers.map((provider) => ({ name: provider.name, provider })))('$name', ({ provider }) => {
	const { type } = provider;
	const capabilities = capabilitiesOf(type);
	if (!capabilities) throw new Error(`There are no capabilities of ${type}`);
	const { senders, groups, serviceFor, replyTo } = capabilities;
	const services = jobs.flatMap((job) => serviceFor(job) ?? []);

	it('sends a text to a person, and asks a question', () => {
		expect(serviceFor({ kind: 'text', to: 'person' })).toBeDefined();
		expect(serviceFor({ kind: 'question', to: 'person' })).toBeDefined();
	});

	it('fills in parameters that its operations have', () => {
		const chats = [true, false].flatMap(
			(isGroup) => replyTo({ address: '1', isGroup, channel: 'whatsapp', messageId: '1' }) ?? [],
		);
		for (const service of [...services, ...chats]) {
			const known = parametersOf(service);
			const filled = Object.keys(service.parameters ?? {});
			expect(filled.filter((name) => !known.includes(name))).toEqual([]);
		}
		for (const service of services) {
			const named = Object.entries(service.parameters ?? {}).find(([, given]) => given === 'sender');
			if (senders) expect(parametersOf(service)).toContain(named?.[0] ?? senders.parameter);
		}
	});

	it('names groups by a parameter of the operations that write to them', () => {
		const toGroups = jobs.filter(({ to }) => to === 'group').flatMap((job) => serviceFor(job) ?? []);
		expect(toGroups.length > 0).toBe(groups !== undefined);
		for (const service of toGroups) expect(parametersOf(service)).toContain(groups?.parameter);
	});

	it('knows idempotency keys if its messages have one, with a credential that allows it', () => {
		const { keys } = capabilities;
		const keyed = keyedBenchOf(provider);
		expect(keys !== undefined).toBe(keyed !== undefined);
		if (!keys || !keyed) return;
		expect(keys.isOn(keyed.credentialFor('https://example.com'))).toBe(true);
		const isAlways = provider.idempotency.kind === 'always';
		expect(keys.isOn(provider.bench.credentialFor('https://example.com'))).toBe(isAlways);
		expect(keys.needs === undefined).toBe(isAlways);
	});

	it('takes a refusal for one of the message unless it is known to be about the account', () => {
		const failure = { provider: type, attempts: 1, status: 400, code: '400' };
		const refused = { ...failure, kind: 'refused', outcome: 'refused' } as const;
		expect(accountReasonOf({ ...refused, words: 'invalid phone number' }, capabilities)).toBeUndefined();
		expect(accountReasonOf({ ...refused, words: '' }, capabilities)).toBeUndefined();
		expect(accountReasonOf({ ...failure, kind: 'unauthorized', outcome: 'refused' }, capabilities)).toBe(
			'credential',
		);
		expect(accountReasonOf({ ...failure, kind: 'unavailable', outcome: 'unknown' }, capabilities)).toBeUndefined();
		for (const { source } of capabilities.accountRefusals) expect(source).not.toBe('');
	});
});
