import type { INodePropertyOptions } from 'n8n-workflow';
import { partOf } from '../support/provider';
import { providers } from '../support/providers';
import { allFields, type PanelField, panels } from './nodes';

/** What a field is called that takes one of the provider's things by its ID or name. */
const ASKS_FOR_ONE =
	/\bIDs?\b|^(Channel|Chat|Contact|Contact List|Device|Group|Group Name|Instance|Number|Sender Name|Session|Template|UTM Mark|Webhook)$/;

/** Fields of that kind for which there is nothing to list. */
const WITHOUT_LIST = providers.flatMap(({ type, lists }) =>
	Object.keys(partOf(lists.withoutList) ?? {}).map((path) => `${type}.${path}`),
);

/** n8n's name of both the field that a file is taken from and the one that it is stored in. */
const OWN_WORDS = ['binaryPropertyName'];

const nameOf = ({ node, path }: PanelField): string => `${node}.${path}`;
const isList = ({ property }: PanelField): boolean => property.type === 'resourceLocator';

describe('a field that takes one of the provider’s things', () => {
	const asking = allFields.filter(
		({ property: { displayName, type } }) =>
			ASKS_FOR_ONE.test(displayName) && ['string', 'number', 'resourceLocator'].includes(type),
	);

	it('is found at all', () => {
		expect(new Set(asking.map(nameOf)).size).toBeGreaterThan(15);
	});

	it('takes it from a list or by its ID, unless there is nothing to list', () => {
		const written = [...new Set(asking.filter((field) => !isList(field)).map(nameOf))].sort();
		expect(written).toEqual(WITHOUT_LIST.sort());
	});
});

describe.each(panels)('$name', ({ node, provider, fields }) => {
	const listSearch = Object.keys(node.methods?.listSearch ?? {});

	it('has a searchable list behind each such choice, and no other lists', () => {
		const used = fields.filter(isList).map(({ property }) => {
			const [list, byHand, ...others] = property.modes ?? [];
			expect([list?.displayName, list?.name, byHand?.name, others]).toEqual(['From List', 'list', 'id', []]);
			expect(byHand?.displayName).toMatch(/^By (ID|Name|Phone Number)$/);
			expect(byHand?.placeholder).toMatch(/^e\.g\. /);
			expect(list?.typeOptions?.searchable).toBe(true);
			expect(property.default).toEqual({ mode: 'list', value: '' });
			return list?.typeOptions?.searchListMethod;
		});
		expect([...new Set(used)].sort()).toEqual(listSearch.sort());
		// A list of options shows no error, only that it is empty.
		expect(
			fields.filter(({ property }) => property.typeOptions?.loadOptionsMethod !== undefined).map(nameOf),
		).toEqual([]);
	});

	it('has the size of every list that it gets as fields', () => {
		const lists = new Set(
			provider.contracts
				.filter(
					({ operation, answers }) =>
						operation === 'getMany' || answers.some(({ output }) => (output ?? []).length > 1),
				)
				.map(({ resource, operation }) => `${resource}.${operation}`),
		);
		for (const list of lists) {
			const [resource = '', operation = ''] = list.split('.');
			const shown = fields.filter(
				({ show }) => show.resource.includes(resource) && show.operation.includes(operation),
			);
			// Of one message to many there is an item for each recipient.
			if (shown.some(({ path }) => path === 'options.messagesAtOnce')) continue;
			const size = shown
				.filter(({ path }) => ['returnAll', 'limit'].includes(path))
				.map(({ path, property }) => [path, property.default]);
			expect([list, size]).toEqual([
				list,
				[
					['returnAll', false],
					['limit', 50],
				],
			]);
		}
	});

	it('calls an operation that deletes so', () => {
		const operations = fields
			.filter(({ path }) => path === 'operation')
			.flatMap(({ property }) => property.options as INodePropertyOptions[]);
		const odd = operations.filter(({ name, value }) => /^delete/i.test(String(value)) !== /^delete/i.test(name));
		expect(odd).toEqual([]);
	});
});

describe('the same thing', () => {
	const words = allFields.filter(({ path }) => /^(options\.)?\w+$/.test(path) && !OWN_WORDS.includes(path));

	/** Names with more than one counterpart among all nodes. */
	const ambiguous = (
		from: (field: PanelField) => string,
		to: (field: PanelField) => string,
	): Record<string, string[]> => {
		const found = new Map<string, Set<string>>();
		for (const field of words) found.set(from(field), (found.get(from(field)) ?? new Set()).add(to(field)));
		return Object.fromEntries(
			[...found].filter(([, names]) => names.size > 1).map(([name, names]) => [name, [...names].sort()]),
		);
	};
	const bare = ({ path }: PanelField): string => path.replace(/^options\./, '');
	/** Without its unit. */
	const label = ({ property }: PanelField): string => property.displayName.replace(/ \([^)]*\)$/, '');

	it('has one label', () => {
		expect(ambiguous(bare, label)).toEqual({});
	});

	it('has one name for one label', () => {
		expect(ambiguous(label, bare)).toEqual({});
	});

	it('is switched in the words of n8n: Simplify', () => {
		const switches = allFields.filter(({ path }) => path === 'simplify').map(({ property }) => property);
		expect(switches.length).toBeGreaterThan(3);
		for (const property of switches) {
			expect(property).toMatchObject({
				displayName: 'Simplify',
				type: 'boolean',
				default: true,
				description: 'Whether to return a simplified version of the response instead of the raw data',
			});
		}
	});
});
