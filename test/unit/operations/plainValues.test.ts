import fc from 'fast-check';
import { type IDataObject, type INodeType, NodeConnectionTypes, type NodeParameterValueType } from 'n8n-workflow';
import { readPlainValue } from '../../../nodes/shared/operations/n8n/plainValues';
import { createEngine, type Engine } from '../../support/engine';

/** Puts out what n8n itself makes of the parameter. */
const probe: INodeType = {
	description: {
		displayName: 'Probe',
		name: 'probe',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Probe' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [{ displayName: 'Value', name: 'value', type: 'string', default: '' }],
	},
	async execute() {
		return [
			this.getInputData().map((_item, index) => ({
				json: { value: this.getNodeParameter('value', index, null) as string },
			})),
		];
	},
};

let engine: Engine;
beforeAll(() => {
	engine = createEngine({ nodes: { probe } });
});
afterAll(async () => await engine.close());

async function evaluated(value: NodeParameterValueType, items: IDataObject[]): Promise<unknown[]> {
	const result = await engine.runNode({
		type: 'probe',
		parameters: { value },
		items: items.map((json) => ({ json })),
	});
	if (result.error) throw result.error;
	return result.outputs[0]?.map(({ json }) => json.value) ?? [];
}

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,6}$/).filter((text) => !(text in {}));
const plain = fc.oneof(fc.string(), fc.integer(), fc.double({ noNaN: true }), fc.boolean());

describe('what is read without an evaluation is what n8n evaluates', () => {
	it('names of values, one or several deep', async () => {
		const cases = fc.tuple(
			fc.array(name, { minLength: 1, maxLength: 3 }),
			fc.array(plain, { minLength: 1, maxLength: 5 }),
		);
		await fc.assert(
			fc.asyncProperty(cases, fc.constantFrom('', ' ', '  '), async ([path, values], space) => {
				const items = values.map(
					(value) => path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as IDataObject,
				);
				const written = `={{${space}$json.${path.join('.')}${space}}}`;
				expect(items.map((json) => readPlainValue(written, json))).toEqual(await evaluated(written, items));
			}),
			{ numRuns: 60 },
		);
	});

	it('options of which none is added', async () => {
		const none = {};
		expect([readPlainValue(none, {})]).toEqual(await evaluated(none, [{}]));
		expect(readPlainValue(none, {})).not.toBe(none);
	});

	it('lists of such texts', async () => {
		const list = ['Friday', 'a, b', '1'];
		expect([readPlainValue(list, {})]).toEqual(await evaluated(list, [{}]));
		expect(readPlainValue(list, {})).not.toBe(list);
	});

	it('texts that are no expression', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.string().filter((text) => !text.startsWith('=')),
				async (text) => {
					expect([readPlainValue(text, {})]).toEqual(await evaluated(text, [{}]));
				},
			),
			{ numRuns: 60 },
		);
	});
});

it.each<[string, unknown, IDataObject | undefined]>([
	['another expression', '={{ $json.phone.trim() }}', { phone: '1' }],
	['a text around it', '=+{{ $json.phone }}', { phone: '1' }],
	['two of them', '={{ $json.a }}{{ $json.b }}', { a: '1', b: '2' }],
	['a value of another node', "={{ $('Start').item.json.phone }}", { phone: '1' }],
	['a name in brackets', '={{ $json["phone"] }}', { phone: '1' }],
	['a missing value', '={{ $json.phone }}', {}],
	['null', '={{ $json.phone }}', { phone: null }],
	['a list', '={{ $json.phones }}', { phones: ['1'] }],
	['an object', '={{ $json.sender }}', { sender: { phone: '1' } }],
	['what every text has', '={{ $json.phone.length }}', { phone: '1' }],
	['what every object has', '={{ $json.constructor }}', {}],
	['no item', '={{ $json.phone }}', undefined],
	['options', { defaultCountry: 'ID' }, {}],
	['a list with an expression', ['1', '={{ $json.phone }}'], { phone: '1' }],
	['a list of lists', [['1']], {}],
])('n8n is asked about %s', (_what, written, json) => {
	expect(readPlainValue(written, json)).toBeUndefined();
});
