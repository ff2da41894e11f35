import fc from 'fast-check';
import type { INodeProperties, NodeParameterValueType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { IS_TEXT } from '../../../nodes/shared/operations/define/wholeExpressions';
import { providerNodes } from '../../support/providers';

/** Whether n8n shows a property that depends on a text in `options`. */
function isShown(value: unknown): boolean {
	const shown: INodeProperties = {
		displayName: 'Shown',
		name: 'shown',
		type: 'string',
		default: '',
		displayOptions: { show: { '/options': IS_TEXT } },
	};
	const values = { options: value as NodeParameterValueType };
	return NodeHelpers.displayParameter(values, shown, null, null, values);
}

describe('a text in place of a collection', () => {
	it('is told from everything else', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (text) => {
				fc.pre(text[0] !== '\u0000' && !text.startsWith('\uffff'));
				expect(isShown(text)).toBe(true);
			}),
		);
	});

	it.each([
		'={{ $json.options }}',
		'{"timeLimit":30}',
		'[1]',
		'[',
		'[object',
		'[object Object]s',
		'[object Objects]',
		'\\',
		']',
		'Z',
		'a',
		'é',
		'日本',
		'👋',
		' ',
		'0',
	])('is %j', (text) => expect(isShown(text)).toBe(true));

	it.each([['', {}, { a: '1' }, { channel: [{}] }, [], [{}], null, undefined, 0, 5, true, false]].flat())(
		'is not %j',
		(value) => expect(isShown(value)).toBe(false),
	);
});

// 1.123 calls the value's own method for these, which a collection does not have: the workflow cannot be published.
it.each(['regex', 'startsWith', 'endsWith', 'includes'])('no node has a display condition with "%s"', (name) => {
	const descriptions = Object.values(providerNodes()).map((source) =>
		JSON.stringify(new (source as new () => { description: unknown })().description),
	);
	expect(descriptions.length).toBeGreaterThan(5);
	for (const description of descriptions) expect(description).not.toContain(`{"_cnd":{"${name}"`);
});
