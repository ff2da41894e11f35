import { isPlain } from '../merge';

/** Shows `***` for fields with the given names, at any depth. */
export function mask(value: unknown, names: ReadonlySet<string>): unknown {
	if (Array.isArray(value)) return value.map((one) => mask(one, names));
	if (!isPlain(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, field]) => [
			name,
			names.has(name.toLowerCase()) ? '***' : mask(field, names),
		]),
	);
}
