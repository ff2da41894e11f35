/** A value as text: what has no plain text of its own (objects, lists) as JSON, nothing as an empty text. */
export function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return value.toString();
	return value === undefined || value === null ? '' : JSON.stringify(value);
}

/** A list, or a text with commas, semicolons or lines, as its entries: trimmed, without empty ones. */
export function listOf(written: unknown): string[] {
	const parts: unknown[] = Array.isArray(written) ? written : textOf(written).split(/[,;\r\n]/);
	return parts.map((part) => textOf(part).trim()).filter((part) => part !== '');
}
