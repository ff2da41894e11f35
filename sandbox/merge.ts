/** Lays changes over a value: objects are merged field by field, everything else is replaced. `undefined` removes a field. */
export function merge(base: unknown, changes: unknown): unknown {
	if (!isPlain(base) || !isPlain(changes)) return changes;
	const merged: Record<string, unknown> = { ...base };
	for (const [key, change] of Object.entries(changes)) {
		if (change === undefined) delete merged[key];
		else merged[key] = key in merged ? merge(merged[key], change) : change;
	}
	return merged;
}

export function isPlain(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}
