/** Text Format and Long Texts are wherever a text for people goes out, and do what they say. */
import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { routedGateway } from '../../nodes/WhatsAppGateways/operations';
import type { Operation } from '../../nodes/shared/operations/define/operation';
import { propertiesOfOperation } from '../../nodes/shared/operations/define/properties';
import { play } from '../contracts/play';
import type { Engine } from '../support/engine';
import { createProviderEngine } from '../support/providerEngine';
import { type Provider, providers } from '../support/providers';
import type { RecordedRequest } from '../support/scriptedServer';
import { isOwn, walk } from './nodes';

/** Fields with a text for people that a model may have written. */
const TEXTS = ['caption', 'message', 'question', 'text'];

/** Text fields that have no format, by the reason. Whoever adds a field decides where it belongs. */
const NO_TEXTS: Record<string, string[]> = {
	'an address, number, ID, key, code or name by which something is found': [
		'binaryPropertyName',
		'code',
		'groupName',
		'inviteCode',
		'language',
		'licenseKey',
		'maxUserId',
		'messageId',
		'messageIds',
		'otpCode',
		'participants.participant.phoneNumber',
		'password',
		'phoneNumber',
		'phoneNumbers',
		'signingSecret',
		'telegramUserId',
		'templateName',
		'updateFields.email',
		'updateFields.externalId',
		'updateFields.password',
		'updateFields.phoneNumber',
		'additionalFields.phoneNumber',
		'contactPhone',
		'email',
		'event',
		'fileName',
		'fileUrl',
		'headerUrl',
		'imageUrl',
		'mimeType',
		'username',
		'webhookUrl',
		'whacenterGroup',
		'whatsAppLid',
		...[
			'callbackUrl',
			'customerId',
			'defaultCountry',
			'deviceId',
			'externalId',
			'fileName',
			'fileUrl',
			'idempotencyKey',
			'mentions',
			'mimeType',
			'password',
			'replyToMessageId',
			'telegramUserId',
			'usernames',
		].map((name) => `options.${name}`),
	],
	'a number, or a time': ['headerLocation.latitude', 'headerLocation.longitude', 'latitude', 'longitude', 'timeZone'],
	'a setting, or a name in the account, that the recipient does not see': [
		'label',
		'otherSettings.setting.key',
		'otherSettings.setting.value',
		'updateFields.label',
	],
	'a name on a card, a map or a group: WhatsApp shows it without a format': [
		'address',
		'contactName',
		'headerLocation.address',
		'headerLocation.name',
		'locationName',
		'name',
	],
	'names in a text of the provider, which sends the code in its own words': [
		'companyName',
		'customerName',
		'serviceName',
	],
	'what WhatsApp approves, word by word, with its placeholders; it has a format of its own': [
		'body',
		'headerText',
		'options.footer',
		'variables.variable.example',
		'variables.variable.label',
	],
	'a value in an approved template, in which WhatsApp refuses several lines': ['variables.variable.value'],
	'a button: WhatsApp shows it without a format, and reports it as it was sent': [
		'buttonValues.button.value',
		'buttons',
		'buttons.button.label',
		'buttons.button.phoneNumber',
		'buttons.button.url',
	],
	'an answer of a poll: a vote reports it as it was sent': ['pollOptions.option.text'],
	'on the page for the response, or the label of a link, which is not written by a model': [
		'approvalOptions.values.approveLabel',
		'approvalOptions.values.disapproveLabel',
		'choices.choice.text',
		'options.linkText',
		...['AnswerLabel', 'Button', 'Heading', 'Over', 'Thanks', 'ThanksText'].map((name) => `options.page${name}`),
	],
};

/** Texts that are not split, by their field or operation, and why. */
const WHOLE: Record<string, string> = {
	caption: 'it belongs to its file',
	question: 'it belongs to its answers',
	'Wapio message.edit': 'it takes the place of one message',
	'Whacenter message.schedule': 'scheduled parts could arrive out of order',
	'Whacenter message.sendButtons': 'it belongs to its buttons',
};

/** Where the format of what has no contract is tried. */
const ELSEWHERE: Record<string, string> = {
	message: 'test/textOptions.test.ts',
	'WhatsApp Gateways': 'test/whatsAppGateways/textOptions.test.ts',
};

/** Texts of messages in which WhatsApp shows no format: Markdown's signs are left out. */
const PLAIN = ['question'];

interface Sending {
	title: string;
	node: string;
	provider?: Provider;
	resource: string;
	operation: Operation;
	/** Its text fields by their paths. */
	fields: string[];
	options: string[];
}

function stringsOf(properties: INodeProperties[]): string[] {
	return properties
		.filter(isOwn)
		.flatMap((property) => walk('', '', property, { resource: [], operation: [] }))
		.filter(({ property: { type } }) => type === 'string')
		.map(({ path }) => path);
}

const nodes = [
	...providers.map((provider) => ({ name: provider.name, gateway: provider.gateway, provider })),
	{ name: 'WhatsApp Gateways', gateway: routedGateway, provider: undefined },
];

const sendings: Sending[] = nodes.flatMap(({ name, gateway, provider }) =>
	gateway.resources.flatMap(({ value: resource, operations }) =>
		operations
			.filter(({ effect }) => effect !== 'read')
			.map((operation) => {
				const properties = propertiesOfOperation(operation);
				const options = properties
					.filter((property) => property.name === 'options' && isOwn(property))
					.flatMap((property) => (property.options ?? []).map((option) => option.name));
				const title = `${name} ${resource}.${operation.value}`;
				return { title, node: name, provider, resource, operation, fields: stringsOf(properties), options };
			}),
	),
);

const textOf = ({ fields }: Sending): string | undefined => fields.find((path) => TEXTS.includes(path));
const formatted = sendings.filter(({ options }) => options.includes('textFormat'));

it('knows of every text field whether people read it as a message', () => {
	const known = new Set([...TEXTS, ...Object.values(NO_TEXTS).flat()]);
	const unknown = sendings.flatMap(({ title, fields }) =>
		fields.filter((path) => !known.has(path)).map((path) => `${title} ${path}`),
	);
	expect(unknown).toEqual([]);
});

it('excuses nothing that there is not', () => {
	const there = new Set(sendings.flatMap(({ fields }) => fields));
	const titles = new Set(sendings.flatMap(({ title, node }) => [title, node]));
	const named = [...TEXTS, ...PLAIN, ...Object.values(NO_TEXTS).flat()];
	const excused = [...Object.keys(WHOLE), ...Object.keys(ELSEWHERE)];
	expect(named.filter((path) => !there.has(path))).toEqual([]);
	expect(excused.filter((name) => !there.has(name) && !titles.has(name))).toEqual([]);
});

it('offers Text Format for each of these texts, and nowhere else', () => {
	const written = sendings.filter((each) => textOf(each) !== undefined);
	expect(formatted.length).toBeGreaterThan(30);
	expect(formatted.map(({ title }) => title)).toEqual(written.map(({ title }) => title));
});

it('offers Long Texts for each text that may be several messages, and nowhere else', () => {
	const split = sendings.filter(({ options }) => options.includes('longTexts'));
	const expected = formatted.filter((each) => !((textOf(each) ?? '') in WHOLE) && !(each.title in WHOLE));
	expect(split.map(({ title }) => title)).toEqual(expected.map(({ title }) => title));
});

/** Everything that a request says, in whichever form. */
function wordsOf({ query, json, body }: RecordedRequest): string {
	return [query.flat().join('\n'), json === undefined ? body.toString() : JSON.stringify(json)].join('\n');
}

describe('what goes out', () => {
	let engine: Engine;
	beforeAll(() => {
		engine = createProviderEngine();
	});
	afterAll(async () => await engine.close());

	const tried = formatted.flatMap((sending) => {
		const { provider, node } = sending;
		const field = textOf(sending) ?? '';
		return provider && !(field in ELSEWHERE) && !(node in ELSEWHERE) ? [{ ...sending, provider, field }] : [];
	});

	it.each(tried.map((each) => [each.title, each] as const))('%s', async (_title, each) => {
		const { provider, resource, operation, field } = each;
		const contract = provider.contracts.find(
			(candidate) =>
				candidate.resource === resource &&
				candidate.operation === operation.value &&
				candidate.answers.some(({ error }) => error === undefined),
		);
		const answer = contract?.answers.find(({ error }) => error === undefined);
		if (!contract || !answer) throw new Error(`${each.title} has no contract with a good answer`);
		const sent = async (options: INodeParameters): Promise<string> => {
			const others = contract.parameters.options as INodeParameters | undefined;
			const parameters = {
				...contract.parameters,
				[field]: 'This is **bold** for _you_',
				options: { ...others, ...options },
			};
			const { result, requests } = await play(engine, provider, { ...contract, parameters }, answer);
			expect(result.error).toBeUndefined();
			return requests.map(wordsOf).join('\n');
		};
		expect(await sent({})).toContain('This is **bold** for _you_');
		const isPlain = PLAIN.includes(field);
		expect(await sent({ textFormat: 'markdown' })).toContain(
			isPlain ? 'This is bold for you' : 'This is *bold* for _you_',
		);
	});
});
