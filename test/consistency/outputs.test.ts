import type { IDataObject } from 'n8n-workflow';
import type { Contract, ContractAnswer } from '../contracts/types';
import { providers } from '../support/providers';
import { lackingFields } from '../support/sentMessage';
import { panels } from './nodes';

/** An answer of a contract with its output. */
interface Output {
	title: string;
	contract: Contract;
	answer: ContractAnswer;
	items: IDataObject[];
}

const MOST_FIELDS = 10;

/** The providers' own names of what has one name in all outputs. */
const OTHER_NAMES =
	/^(msgId|message_id|nomor|wa_number|whatsapp_number|whatsapp_phone|phone_number|formatted_phone|number|group_id|target_url|subscribed_events|types|webhook)$/;

/** Values of operations that delete something. */
const DELETES = /^(clear|delete|unset)/;

const outputs: Output[] = providers.flatMap(({ name, contracts }) =>
	contracts.flatMap((contract) =>
		contract.answers.flatMap((answer): Output[] => {
			const { source, variant, resource, operation } = contract;
			const title = [name, `${resource}.${operation}`, source, variant, answer.name].filter(Boolean).join(' · ');
			return answer.output === undefined ? [] : [{ title, contract, answer, items: answer.output }];
		}),
	),
);

/** As returned unless the provider's own is chosen. */
const usual = outputs.filter(({ contract }) => contract.parameters.simplify !== false);

/** Every entry of an object, those of objects and lists in it included. */
function entriesOf(value: unknown): Array<[string, unknown]> {
	if (Array.isArray(value)) return value.flatMap(entriesOf);
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]) => [[name, inner] as [string, unknown], ...entriesOf(inner)]);
}

it('there are outputs of all providers to look at', () => {
	expect(outputs.length).toBeGreaterThan(100);
});

it('have ten fields or fewer unless Simplify is off', () => {
	const long = usual.filter(({ items }) => items.some((item) => Object.keys(item).length > MOST_FIELDS));
	expect(long.map(({ title }) => title)).toEqual([]);
});

it('Simplify is there where an answer has more, and returns all of it when turned off', () => {
	const switched = panels.flatMap(({ name, fields }) =>
		fields
			.filter(({ path }) => path === 'simplify')
			.flatMap(({ show }) =>
				show.resource.flatMap((resource) =>
					show.operation.map((operation) => `${name} · ${resource}.${operation}`),
				),
			),
	);
	const whole = outputs.filter(({ contract }) => contract.parameters.simplify === false);
	const shown = new Set(whole.map(({ title }) => title.split(' · ').slice(0, 2).join(' · ')));
	expect([...shown].sort()).toEqual([...new Set(switched)].sort());
	for (const { items } of whole) expect(items.length).toBeGreaterThan(0);
});

it('name the same thing alike', () => {
	const odd = usual.flatMap(({ title, items }) =>
		entriesOf(items)
			.filter(([name]) => OTHER_NAMES.test(name))
			.map(([name]) => `${title}: ${name}`),
	);
	expect(odd).toEqual([]);
});

it('give phone numbers as texts of digits, and no dates as numbers', () => {
	const odd = usual.flatMap(({ title, items }) =>
		entriesOf(items)
			.filter(([name, value]) =>
				name === 'phone'
					? value !== null && !/^\d+$/.test(typeof value === 'string' ? value : '')
					: typeof value === 'number' && value > 1e9,
			)
			.map(([name]) => `${title}: ${name}`),
	);
	expect(odd).toEqual([]);
});

it('give ids of messages as texts', () => {
	const ids = usual.flatMap(({ items }) => entriesOf(items).filter(([name]) => name === 'messageId'));
	expect(ids.length).toBeGreaterThan(5);
	for (const [, id] of ids) expect(typeof id).not.toBe('number');
});

describe('of sends', () => {
	/** An option that all of them have, and they alone. */
	const sending = new Set(
		panels.flatMap(({ name, fields }) =>
			fields
				.filter(({ path }) => path === 'options.messagesAtOnce')
				.flatMap(({ show }) =>
					show.resource.flatMap((resource) =>
						show.operation.map((operation) => `${name} · ${resource}.${operation}`),
					),
				),
		),
	);
	const nameOf = (title: string): string => title.split(' · ').slice(0, 2).join(' · ');
	const sends = outputs.filter(({ title }) => sending.has(nameOf(title)));

	it('are there for every send of all providers', () => {
		expect([...new Set(sends.map(({ title }) => nameOf(title)))].sort()).toEqual([...sending].sort());
	});

	it('say the same of the message, whether simplified or not', () => {
		const lacking = sends.flatMap(({ title, items }) => {
			const { type = '' } = panels.find(({ name }) => name === title.split(' · ')[0]) ?? {};
			return items.flatMap((item) => lackingFields(item, type).map((field) => `${title}: ${field}`));
		});
		expect(lacking).toEqual([]);
	});

	it('hold no one-time code unless an option includes it', () => {
		const holding = sends.filter(({ contract, items }) => {
			const { includeOtpCode = false } = (contract.parameters.options ?? {}) as IDataObject;
			return includeOtpCode === false && entriesOf(items).some(([name]) => /otp|code$/i.test(name));
		});
		expect(holding.map(({ title }) => title)).toEqual([]);
	});
});

describe('of deletions', () => {
	const deletions = usual.filter(({ contract: { operation } }) => DELETES.test(operation));

	it('are there for all providers that delete', () => {
		const operations = panels.flatMap(({ name, node }) =>
			node.description.properties
				.filter((property) => property.name === 'operation')
				.flatMap((property) =>
					(property.options ?? []).flatMap((option) => ('value' in option ? [option.value] : [])),
				)
				.filter((value) => DELETES.test(String(value)))
				.map((value) => `${name} ${String(value)}`),
		);
		const seen = deletions.map(({ title, contract }) => `${title.split(' · ')[0]} ${contract.operation}`);
		expect([...new Set(seen)].sort()).toEqual([...new Set(operations)].sort());
	});

	it.each(deletions.map((output) => [output.title, output] as const))('%s', (_title, { answer, items }) => {
		for (const item of items) expect(typeof item.deleted).toBe('boolean');
		// What was merely noted down is not deleted.
		if (answer.status === 202) expect(items).toEqual([expect.objectContaining({ deleted: false })]);
	});
});
