/** Every date field of every node takes a date in every form in which an expression gives one. */
import type { INodeParameters } from 'n8n-workflow';
import { play } from '../contracts/play';
import type { Contract } from '../contracts/types';
import type { Engine } from '../support/engine';
import { createProviderEngine } from '../support/providerEngine';
import type { RecordedRequest } from '../support/scriptedServer';
import { panels } from './nodes';

/** A moment that is allowed everywhere: a few hours ahead, at a full minute. */
const MOMENT = Math.ceil(Date.now() / 60_000) * 60_000 + 3 * 3_600_000;
const iso = new Date(MOMENT).toISOString();
const seconds = MOMENT / 1000;
const ahead = (hours: number) => new Date(MOMENT + hours * 3_600_000).toISOString().slice(0, 19);

/** What is written, the moment being the same. */
const FORMS: Record<string, string | number> = {
	'a DateTime': `={{ DateTime.fromMillis(${MOMENT}) }}`,
	'a DateTime of another zone': `={{ DateTime.fromMillis(${MOMENT}).setZone('Asia/Tokyo') }}`,
	'a DateTime counted from now': `={{ $now.plus({ milliseconds: ${MOMENT} - $now.toMillis() }) }}`,
	'a Date': `={{ new Date(${MOMENT}) }}`,
	'Unix milliseconds': `={{ ${MOMENT} }}`,
	'Unix seconds': `={{ ${seconds} }}`,
	'Unix seconds as a number': seconds,
	'Unix milliseconds as text': String(MOMENT),
	'Unix seconds as text': String(seconds),
	'a text of an expression': `={{ DateTime.fromMillis(${MOMENT}).toISO() }}`,
	'a text with an offset': `${ahead(7)}+07:00`,
	'a text with an offset in hours': `${ahead(7)}+07`,
	'a text with an offset of minutes': `${ahead(-3.5).replace('T', ' ')} -0330`,
	'a text in JSON': JSON.stringify(iso),
};

const NO_DATES: Record<string, string> = {
	'an invalid DateTime': "={{ DateTime.fromISO('soon') }}",
	'an invalid Date': "={{ new Date('soon') }}",
	'a duration': '={{ Duration.fromObject({ hours: 2 }) }}',
	'a list': `={{ [${MOMENT}] }}`,
	'an object': `={{ { date: ${MOMENT} } }}`,
	'a year': '={{ 2035 }}',
	'a day that does not exist': '2035-02-30T08:00:00+07:00',
};

/** Each date field with a contract of an operation that has it. */
const cases = panels.flatMap(({ name, provider, fields }) =>
	fields
		.filter(({ property }) => property.type === 'dateTime')
		.flatMap(({ path, show, property }) =>
			show.resource.flatMap((resource) =>
				show.operation.flatMap((operation) => {
					const contract = provider.contracts.find(
						(candidate) => candidate.resource === resource && candidate.operation === operation,
					);
					return contract
						? [{ title: `${name} ${resource}.${operation} ${path}`, provider, path, contract, property }]
						: [];
				}),
			),
		),
);

type Case = (typeof cases)[number];

function withValue({ contract, path }: Case, value: string | number, isWhole = false): Contract {
	const [name = '', inner] = path.split('.');
	const parameters = { ...contract.parameters };
	if (inner === undefined) parameters[name] = value;
	else {
		const others = parameters[name] as INodeParameters | undefined;
		const members = Object.entries(others ?? {}).map(([key, written]) => `${key}: ${JSON.stringify(written)}`);
		const expression = String(value).replace(/^=\{\{(.*)\}\}$/, '$1');
		parameters[name] = isWhole
			? `={{ ({ ${[...members, `${inner}: ${expression}`].join(', ')} }) }}`
			: { ...others, [inner]: value };
	}
	return { ...contract, parameters };
}

/** What a request says, in whichever form it says it. */
async function wordsOf(request: RecordedRequest | undefined): Promise<unknown> {
	if (request === undefined) return undefined;
	const { method, path, query, headers, json, body } = request;
	const type = headers['content-type'] ?? '';
	const form = type.startsWith('multipart/')
		? await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
		: [];
	return { method, path, query, json, form: [...form].filter(([, value]) => typeof value === 'string') };
}

let engine: Engine;
beforeAll(() => {
	engine = createProviderEngine();
});
afterAll(async () => await engine.close());

const playWith = async (each: Case, value: string | number, isWhole?: boolean) => {
	const answer = each.contract.answers.find(({ error }) => error === undefined);
	if (answer === undefined) throw new Error(`${each.title} has no contract with a good answer`);
	const { result, requests } = await play(engine, each.provider, withValue(each, value, isWhole), answer);
	return { result, sent: await wordsOf(requests.at(each.contract.before?.length ?? 0)) };
};

it('finds the date fields of all nodes', () => {
	expect(new Set(cases.map(({ provider, path }) => `${provider.type} ${path}`)).size).toBeGreaterThanOrEqual(4);
});

describe.each(cases.map((each) => [each.title, each] as const))('%s', (_title, each) => {
	it('takes every form', async () => {
		const expected = await playWith(each, iso);
		expect(expected.result.error).toBeUndefined();
		for (const [form, value] of Object.entries(FORMS)) {
			const { result, sent } = await playWith(each, value);
			expect([form, result.error?.message, sent]).toEqual([form, undefined, expected.sent]);
		}
	});

	it('takes dates within one expression for all options', async () => {
		if (!each.path.includes('.')) return;
		const { sent } = await playWith(each, iso);
		for (const form of ['a DateTime', 'a Date', 'Unix seconds']) {
			const found = await playWith(each, FORMS[form] ?? '', true);
			expect([form, found.result.error?.message, found.sent]).toEqual([form, undefined, sent]);
		}
	});

	it('refuses in words what is no date', async () => {
		for (const [form, value] of Object.entries(NO_DATES)) {
			const { result, sent } = await playWith(each, value);
			const words = `${each.property.displayName}: `;
			expect([form, result.error?.message, sent]).toEqual([form, expect.stringContaining(words), undefined]);
			expect([form, result.error?.message]).toEqual([form, expect.stringMatching(/is not a date|invalid date/)]);
		}
	});
});
