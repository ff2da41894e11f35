import type { ReadParameter } from '../define/field';

/** A context whose node is not bound to input items: hooks and webhooks. */
interface ItemlessContext {
	getNodeParameter: (name: string, fallback?: unknown) => unknown;
}

/** Reads the parameters of a node that has no input items. */
export function parametersOf(context: ItemlessContext): ReadParameter {
	return (name) => unwrapLocator(context.getNodeParameter(name, null));
}

/** The value that was chosen in a resource locator, or the value itself if it is none. */
export function unwrapLocator(value: unknown): unknown {
	const isLocator = typeof value === 'object' && value !== null && '__rl' in value && 'value' in value;
	return isLocator ? value.value : value;
}
