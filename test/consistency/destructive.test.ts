/** What cannot be undone is done to what the user chose, never to a default. */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Operation } from '../../nodes/shared/operations/define/operation';
import { propertiesOfOperation } from '../../nodes/shared/operations/define/properties';
import type { Contract } from '../contracts/types';
import { createEngine, type Engine } from '../support/engine';
import type { CredentialSource } from '../support/n8n/credentials';
import { type Provider, providers } from '../support/providers';
import { startScriptedServer } from '../support/scriptedServer';

/** Words for doing away with something, or cutting a connection, at the start of an operation's name or value. */
const WORDS =
	/^(clear|close|delete|deregister|disable|disconnect|drop|erase|expire|forget|kill|leave|log ?out|purge|relog|remove|reset|restart|revoke|rotate|stop|terminate|unlink|unpair|unregister|unset|wipe)\b/i;

interface Case {
	title: string;
	provider: Provider;
	operation: Operation;
	resource: string;
}

const cases: Case[] = providers.flatMap((provider) =>
	provider.gateway.resources.flatMap(({ value: resource, operations }) =>
		operations.map((operation) => ({
			title: `${provider.name} ${resource}.${operation.value}`,
			provider,
			operation,
			resource,
		})),
	),
);

const destructive = cases.filter(({ operation }) => operation.destructive !== undefined);

/** A credential in which whatever may be a default is filled in. */
function withDefaults(
	source: CredentialSource,
	values: ICredentialDataDecryptedObject,
): ICredentialDataDecryptedObject {
	const { properties } = typeof source === 'function' ? new source() : source;
	const defaults = properties.filter(
		({ name, displayName }) => displayName.startsWith('Default ') && name !== 'defaultCountry',
	);
	return { ...Object.fromEntries(defaults.map(({ name }) => [name, 'bps_sess_ws_default'])), ...values };
}

it('is marked wherever a name says so', () => {
	const named = cases.filter(({ operation: { name, value } }) => WORDS.test(name) || WORDS.test(value));
	expect(named.length).toBeGreaterThan(12);
	expect(named.filter(({ operation }) => operation.destructive === undefined).map(({ title }) => title)).toEqual([]);
});

it('is a change that names at least one of its fields', () => {
	const odd = destructive.filter(({ operation }) => {
		const names = propertiesOfOperation(operation).map(({ name }) => name);
		const targets = operation.destructive ?? [];
		return operation.effect === 'read' || targets.length === 0 || !targets.every((name) => names.includes(name));
	});
	expect(odd.map(({ title }) => title)).toEqual([]);
});

describe.each(destructive.map((each) => [each.title, each] as const))(
	'%s',
	(_title, { provider, operation, resource }) => {
		let engine: Engine;
		beforeAll(() => {
			engine = createEngine({
				nodes: { [provider.type]: provider.node },
				credentialTypes: Object.values(provider.credentials).map(({ source }) => source),
			});
		});
		afterAll(async () => await engine.close());

		const targets = propertiesOfOperation(operation).filter(({ name }) => operation.destructive?.includes(name));

		it.each(targets.map((property) => [property.displayName, property] as const))(
			'is refused without %s, whatever the credential has',
			async (displayName, property) => {
				// Left alone, n8n itself would refuse what is empty and required: by an expression it is empty at run time only.
				const contract: Contract | undefined = provider.contracts.find(
					(candidate) => candidate.resource === resource && candidate.operation === operation.value,
				);
				const server = await startScriptedServer({ status: 200, body: {} });
				const baseUrl = server.url + provider.basePath;
				const credentials = Object.fromEntries(
					Object.entries(provider.credentials).map(([type, { source, values }]) => [
						type,
						{ ...withDefaults(source, values), baseUrl, ...contract?.credential },
					]),
				);
				try {
					const unseen = ['  ', '\u200b', '\u2060', '={{ false }}', '={{ 0 }}'];
					for (const empty of [
						'={{ "" }}',
						'={{ $json.missing }}',
						'={{ null }}',
						...unseen,
						property.default,
					]) {
						const isLocator = property.type === 'resourceLocator' && typeof empty === 'string';
						const value = isLocator ? { __rl: true, mode: 'id', value: empty } : (empty as string);
						const { error } = await engine.runNode({
							type: provider.type,
							parameters: {
								resource,
								operation: operation.value,
								...contract?.parameters,
								[property.name]: value,
							},
							credentials,
						});
						expect(error?.message).toContain(displayName);
					}
					expect(server.requests).toEqual([]);
				} finally {
					await server.close();
				}
			},
		);

		it('names no default for what it is done to', () => {
			for (const { default: usual, hint = '' } of targets) {
				expect(['', {}, { mode: 'list', value: '' }]).toContainEqual(usual);
				expect(hint).not.toMatch(/default|empty/i);
			}
		});
	},
);
