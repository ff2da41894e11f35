/**
 * What an event gives goes unchanged into the fields of the same provider's action node, whoever wrote: through n8n's engine,
 * and as far as the request.
 */
import * as fc from 'fast-check';
import { type CountryCode, getCountries, getExampleNumber } from 'libphonenumber-js';
import examples from 'libphonenumber-js/examples.mobile.json';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { credentialsAt } from '../contracts/play';
import type { Engine } from '../support/engine';
import { createProviderEngine } from '../support/providerEngine';
import { type Provider, providers } from '../support/providers';
import type { TakenKind, TakingField, WritingSender } from '../support/roundTrip';
import { startScriptedServer } from '../support/scriptedServer';
import { useTriggerBench } from '../support/tables/trigger/bench';

/** Numbers as WhatsApp knows them, some of which no numbering plan knows any more. */
const PEOPLE: Record<string, string> = {
	Indonesia: '6281234567890',
	'Ivory Coast before 2021': '22507123456',
	'Ivory Coast': '2250707123456',
	'Benin before 2024': '22997123456',
	Benin: '2290197123456',
	'Mexico with its 1': '5215512345678',
	Mexico: '525512345678',
	'Brazil without its 9': '551187654321',
	Brazil: '5511987654321',
	'a Brazilian landline': '551132654321',
	'Argentina with its 9': '5491123456789',
	'a number that Meta lends': '15551234567',
};

/** All that an event may name a person by who has these digits: chat.address, sender.phone and chat.id. */
const personForms = (digits: string): string[] => [digits, ...idForms(digits)];

/** Ids say themselves that they are a number: nothing judges it. */
const idForms = (digits: string): string[] => [
	`${digits}@s.whatsapp.net`,
	`${digits}@c.us`,
	`${digits}@hosted`,
	`${digits}:7@s.whatsapp.net`,
	`${digits}_1:7@s.whatsapp.net`,
];

/** Values of the other kinds. */
const VALUES: Record<Exclude<TakenKind, 'person'>, string[]> = {
	lid: ['203948576102938@lid', '43445322325@lid', '12345678901234567@lid'],
	group: ['120363037968000000@g.us', '6281234567890-1612345678@g.us'],
	channel: ['120363000000000000@newsletter'],
	telegram: ['379163707', '6281234567890'],
	telegramGroup: ['-1001234567890', '-4012345678'],
	max: ['14087921', '9007199254740993'],
	message: ['3EB0C431C26A1916E07E', '3A9F00C431C26A1916E0', 'false_995555558974@c.us_3B55D8ECE08DAC8198EB', '123'],
	delivery: ['94396942'],
};

let engine: Engine;
beforeAll(() => {
	engine = createProviderEngine();
});
afterAll(async () => await engine.close());

/** What the requests name for these values, which come in one item each; or why they were refused. */
async function put(
	provider: Provider,
	field: TakingField,
	items: IDataObject[],
	expression = 'value',
	credential: ICredentialDataDecryptedObject = {},
): Promise<unknown> {
	const server = await startScriptedServer({ body: provider.yes[0] as object });
	try {
		const { error } = await engine.runNode({
			type: provider.type,
			parameters: field.parameters(`={{ $json.${expression} }}`),
			credentials: credentialsAt(provider, server.url, credential),
			items: items.map((json) => ({ json })),
			nodeName: 'Node',
		});
		if (server.requests.length === 0) return error?.message;
		return server.requests.map(field.sent);
	} finally {
		await server.close();
	}
}

const asItems = (values: string[]): IDataObject[] => values.map((value) => ({ value }));

const fields = providers.flatMap((provider) =>
	provider.roundTrip.fields.map((field) => ({ name: `${provider.name}, ${field.title}`, provider, field })),
);

describe.each(fields)('$name', ({ provider, field }) => {
	const { person, ...others } = field.takes;

	if (Object.keys(others).length > 0) {
		it.each(Object.entries(others))('takes the id of a %s as it is', async (kind, as) => {
			const values = VALUES[kind as keyof typeof VALUES];
			expect(await put(provider, field, asItems(values))).toEqual(values.map(as));
		});
	}

	if (person) {
		it.each(Object.entries(PEOPLE))(
			'takes a number of %s, and nothing but its digits goes out',
			async (_where, digits) => {
				const forms = personForms(digits);
				expect(await put(provider, field, asItems(forms))).toEqual(forms.map(() => person(digits)));
			},
		);
	}
});

describe('ids that a phone field cannot reach', () => {
	const phoneFields = fields.filter(({ field }) => field.takes.person && !field.takes.group);

	it.each(phoneFields)('$name sends nothing to a group', async ({ provider, field }) => {
		expect(await put(provider, field, asItems(['120363037968000000@g.us']))).toMatch(/group/);
	});

	it.each(phoneFields.filter(({ field }) => !field.takes.lid))('$name sends nothing to a LID', async (each) => {
		expect(await put(each.provider, each.field, asItems(['203948576102938@lid']))).toMatch(/LID|id of a lid/);
	});
});

/** Numbers of all countries, in the forms that WhatsApp and numbering plans know. */
const numbers = fc.oneof(
	{
		weight: 3,
		arbitrary: fc.tuple(fc.constantFrom(...getCountries()), fc.integer({ min: 0, max: 9_999 })).map(example),
	},
	{ weight: 1, arbitrary: fc.stringMatching(/^225\d{8}$/) },
	{ weight: 1, arbitrary: fc.stringMatching(/^229\d{8}$/) },
	{ weight: 1, arbitrary: fc.stringMatching(/^521[1-9]\d{9}$/) },
	{ weight: 1, arbitrary: fc.stringMatching(/^55[1-9]{2}[6-9]\d{7}$/) },
	{ weight: 1, arbitrary: fc.stringMatching(/^1555\d{7}$/) },
);

function example([country, tail]: [CountryCode, number]): string {
	const digits = getExampleNumber(country, examples)?.number.slice(1) ?? '';
	const varied = digits.slice(0, -4) + String(tail).padStart(4, '0');
	return varied;
}

describe.each(providers)('$name, numbers of all countries', (provider) => {
	const field = provider.roundTrip.fields.find(({ takes }) => takes.person) as TakingField;
	const out = field.takes.person as (digits: string) => unknown;
	const defaultCountry = fc.constantFrom<string>('', ...getCountries());

	it('go out as they are where they come with a suffix, whatever the Default Country', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(numbers, { minLength: 1, maxLength: 12 }),
				defaultCountry,
				async (all, country) => {
					for (const suffix of ['@s.whatsapp.net', '@c.us', ':3@s.whatsapp.net']) {
						const values = all.map((digits) => digits + suffix);
						const sent = await put(provider, field, asItems(values), 'value', { defaultCountry: country });
						expect(sent).toEqual(all.map(out));
					}
				},
			),
			{ numRuns: 12 },
		);
	}, 60_000);

	it('go out as they are without it, or are refused with what to use in their place', async () => {
		await fc.assert(
			fc.asyncProperty(numbers, defaultCountry, async (digits, country) => {
				// Chinese mobile numbers without their country code look like these, and mean Chinese people.
				fc.pre(!(country === 'CN' && /^1555/.test(digits)));
				const sent = await put(provider, field, asItems([digits]), 'value', { defaultCountry: country });
				if (typeof sent === 'string') expect(sent).toContain('{{ $json.chat.address }}');
				else expect(sent).toEqual([out(digits)]);
			}),
			{ numRuns: 60 },
		);
	}, 60_000);

	it('are never refused in a form that a country has given up, where no Default Country makes them doubtful', async () => {
		const retired = fc.oneof(
			fc.stringMatching(/^225\d{8}$/),
			fc.stringMatching(/^229\d{8}$/),
			fc.stringMatching(/^521[1-9]\d{9}$/),
			fc.stringMatching(/^55[1-9]{2}[6-9]\d{7}$/),
			fc.stringMatching(/^1555\d{7}$/),
		);
		const home = fc.constantFrom('', 'ID', 'CI', 'BJ', 'MX', 'US', 'IN');
		await fc.assert(
			fc.asyncProperty(fc.array(retired, { minLength: 1, maxLength: 12 }), home, async (all, country) => {
				const sent = await put(provider, field, asItems(all), 'value', { defaultCountry: country });
				expect(sent).toEqual(all.map(out));
			}),
			{ numRuns: 15 },
		);
	}, 60_000);
});

describe.each(providers)('an answer to an event of $name', (provider) => {
	const trigger = useTriggerBench(provider.type, provider.bench, { isWrite: () => true });

	/** The first item of the execution that an event starts. */
	async function eventOf({ event, overrides = {}, events = ['*'] }: WritingSender): Promise<IDataObject> {
		const wf = await trigger.publish({ events });
		if (trigger.slot() === null) trigger.setSlot(wf.productionUrl);
		await trigger.control().incoming(provider.type, event as 'text', { overrides });
		await wf.idle();
		expect(wf.executions).toHaveLength(1);
		return wf.executions[0]?.items[0]?.json as IDataObject;
	}

	it.each(provider.roundTrip.senders)('goes to $who', async (sender) => {
		const { answers } = sender;
		const json = await eventOf(sender);
		for (const [expression, title, expected] of answers) {
			const field = provider.roundTrip.fields.find((each) => each.title === title) as TakingField;
			expect([expression, await put(provider, field, [json], expression)]).toEqual([expression, [expected]]);
			// Where the chat's id is an answer, its address is the same one.
			const { address } = json.chat as IDataObject;
			if (expression !== 'chat.id' || address === undefined || address === null) continue;
			expect(['chat.address', await put(provider, field, [json], 'chat.address')]).toEqual([
				'chat.address',
				[expected],
			]);
		}
	});
});
