/** Fields come in the order one thinks: send from, recipient, content, how it is sent, Options. */
import type { INodeProperties, INodeType } from 'n8n-workflow';
import { allCapabilities, groupParameter, sendersParameter } from '../../nodes/WhatsAppGateways/gateways';
import { routedGateway } from '../../nodes/WhatsAppGateways/operations';
import { isNeeded } from '../../nodes/shared/operations/define/properties';
import { providers } from '../support/providers';
import { isOwn, operationFields } from './nodes';

/** What a message is sent from. */
const FROM = [
	...['device', 'licenseKey', 'number', 'session', 'providers'],
	...allCapabilities.map((each) => sendersParameter(each)),
];

/** Who gets a message. */
const RECIPIENT = [
	...['channel', 'contact', 'group', 'groupName', 'maxUserId', 'numbersFrom', 'phoneNumber', 'phoneNumbers'],
	...['sendTo', 'telegramUserId', 'username', 'whatsAppLid'],
	...allCapabilities.map(groupParameter),
];

const isOptions = ({ name, type }: INodeProperties): boolean => type === 'collection' && /options$/i.test(name);

const rankOf = (property: INodeProperties): number => {
	if (FROM.includes(property.name)) return 0;
	if (RECIPIENT.includes(property.name)) return 1;
	return isOptions(property) ? 3 : 2;
};

/** Content that may be left empty only if other content is given, by operation and field. */
const UNLESS_OTHER_CONTENT: Record<string, string> = { 'Whacenter message.schedule': 'text' };

/** Whether another field shows or hides it: it belongs to that one. */
const isDependent = ({ displayOptions: { show = {} } = {} }: INodeProperties): boolean =>
	Object.keys(show).some((name) => !['resource', 'operation'].includes(name));

const nodes = [
	...providers.map(({ name, type, gateway }) => ({ name, type, resources: gateway.resources })),
	{ name: 'WhatsApp Gateways', type: 'whatsAppGateways', resources: routedGateway.resources },
];

const operations = nodes.flatMap(({ name, type: node, resources }) =>
	resources.flatMap(({ value, operations: all }) =>
		all.map((operation) => ({
			title: `${name} ${value}.${operation.value}`,
			effect: operation.effect,
			fields: operationFields({ type: node }, value, operation.value).filter(({ type }) => type !== 'notice'),
		})),
	),
);

const names = (fields: INodeProperties[]): string[] => fields.map(({ name }) => name);

it('looks at all operations', () => {
	expect(operations.length).toBeGreaterThan(100);
	expect(operations.filter(({ effect }) => effect === 'send').length).toBeGreaterThan(30);
});

it('Options come last', () => {
	const odd = operations.filter(({ fields }) => fields.slice(0, -1).some(isOptions));
	expect(odd.map(({ title, fields }) => [title, ...names(fields)])).toEqual([]);
});

it('Options come last in the triggers', () => {
	const triggers = providers.map(({ trigger }) => (typeof trigger === 'function' ? new trigger() : trigger));
	const panels = (triggers as INodeType[]).map(({ description: { name, properties } }) => ({
		name,
		fields: properties.filter((property) => isOwn(property) && property.type !== 'notice'),
	}));
	expect(panels.filter(({ fields }) => fields.some(isOptions))).toHaveLength(providers.length);
	const odd = panels.filter(({ fields }) => fields.slice(0, -1).some(isOptions));
	expect(odd.map(({ name, fields }) => [name, ...names(fields)])).toEqual([]);
});

it('a message is sent from somewhere to someone, and then has content', () => {
	const odd = operations.filter(({ effect, fields }) => {
		const ranks = fields.map(rankOf);
		return effect === 'send' && ranks.some((rank, index) => rank < (ranks[index - 1] ?? 0));
	});
	expect(odd.map(({ title, fields }) => [title, ...names(fields)])).toEqual([]);
});

it('the text to send and wait with comes right after the recipient', () => {
	const waiting = operations.filter(({ title }) => title.endsWith('.sendAndWait'));
	expect(waiting).toHaveLength(nodes.length);
	for (const { title, fields } of waiting) {
		const content = names(fields.filter((field) => rankOf(field) === 2));
		const asked = ['message', 'responseType', 'approvalOptions', 'choices'];
		expect([title, ...content.slice(0, 4)]).toEqual([title, ...asked]);
	}
});

it('what is required comes before what may be left empty', () => {
	const odd = operations.filter(({ title, fields }) => {
		const own = fields.filter((field) => rankOf(field) === 2 && field.type !== 'options' && !isDependent(field));
		const firstOptional = own.findIndex((field) => !isNeeded(field) && field.name !== UNLESS_OTHER_CONTENT[title]);
		return firstOptional >= 0 && own.slice(firstOptional).some(isNeeded);
	});
	expect(odd.map(({ title, fields }) => [title, ...names(fields)])).toEqual([]);
});
