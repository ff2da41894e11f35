import type { DisplayCondition, INodeProperties } from 'n8n-workflow';

/**
 * Lets collections be given as one expression, or as one text of JSON.
 *
 * n8n keeps of a collection only the members that it knows, so that an expression in place of one becomes `{}` before a
 * node ever sees it (n8n-workflow 1.123 and 2.41, `getNodeParameters`). Of two properties with one name the later one that
 * is shown decides. So a hidden one without members comes first, which takes whatever is there; the collection itself gives
 * way to it where that is a text; and a third one shows the expression in the editor. Where it is no text, everything is as
 * if the collection were alone.
 */
export function wholeExpressions(properties: INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) =>
		property.type === 'collection' || property.type === 'fixedCollection' ? asThree(property) : [property],
	);
}

const ANY_OBJECT = Object.prototype.toString.call({});

/**
 * A text of at least one character, as a display condition: all texts in their order, before and after the one that every
 * object is in comparisons, `[object Object]`. No other condition will do: n8n gives each regular expression 250 ms
 * (n8n-workflow 2.41), which a busy machine exceeds, and then the workflow does not start; and n8n-workflow 1.123 asks the
 * value itself what it starts with or includes, which an object cannot say.
 */
export const IS_TEXT: DisplayCondition[] = [
	{ _cnd: { between: { from: '\u0001', to: `${ANY_OBJECT.slice(0, -1)}\\\uffff` } } },
	{ _cnd: { between: { from: `${ANY_OBJECT}\u0000`, to: '\uffff' } } },
];

/** Whether a property of a node is one of those that {@link wholeExpressions} adds. */
export function isForExpression(property: INodeProperties): boolean {
	return ADDED in property;
}

/** Marks them; n8n does not see it. One for all copies of this module, since programs read built nodes. */
const ADDED = Symbol.for('addedForExpressions');

function asThree(property: INodeProperties): INodeProperties[] {
	const { displayName, name, displayOptions } = property;
	// At the root, since a property must not depend on its own name.
	const isText = { [`/${name}`]: IS_TEXT };
	const keeper = { displayName, name, type: 'hidden' as const, default: {}, displayOptions, [ADDED]: true };
	const collection = {
		...property,
		displayOptions: { ...displayOptions, hide: { ...displayOptions?.hide, ...isText } },
	};
	const shown = {
		displayName,
		name,
		type: 'string' as const,
		default: '',
		description: `An expression that returns all ${displayName} as one object`,
		displayOptions: { ...displayOptions, show: { ...displayOptions?.show, ...isText } },
		[ADDED]: true,
	};
	return [keeper, collection, shown];
}
