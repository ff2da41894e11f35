import { isPlain } from '../merge';
import type { PlayOptions } from './options';

/** How each label is written, and what `form` writes. */
const LABELS: Record<NonNullable<PlayOptions['contentType']>, Record<string, string>> = {
	json: { 'Content-Type': 'application/json' },
	text: { 'Content-Type': 'text/plain; charset=utf-8' },
	form: { 'Content-Type': 'application/x-www-form-urlencoded' },
	none: {},
};

/** A payload as it is posted: as JSON, whatever it is called, or as a form. */
export function writeBody(
	payload: unknown,
	contentType: NonNullable<PlayOptions['contentType']> = 'json',
): { body: string; headers: Record<string, string> } {
	const body = contentType === 'form' && isPlain(payload) ? asForm(payload) : JSON.stringify(payload);
	return { body, headers: LABELS[contentType] };
}

/** A payload as PHP writes it into a form. */
export function asForm(payload: Record<string, unknown>): string {
	const form = new URLSearchParams();
	const add = (name: string, value: unknown): void => {
		if (value === undefined) return;
		if (isPlain(value)) for (const [key, inner] of Object.entries(value)) add(`${name}[${key}]`, inner);
		else if (Array.isArray(value)) value.forEach((inner, index) => add(`${name}[${index}]`, inner));
		else if (typeof value === 'boolean') form.append(name, value ? '1' : '0');
		else form.append(name, typeof value === 'string' || typeof value === 'number' ? String(value) : '');
	};
	for (const [name, value] of Object.entries(payload)) add(name, value);
	return form.toString();
}
