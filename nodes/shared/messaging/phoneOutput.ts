import type { IDataObject } from 'n8n-workflow';
import { textOf } from '../text';

/**
 * A phone number as every output gives it, as the triggers do: a text of digits that begins with the country code,
 * without "+". A person's WhatsApp id is one, too. What is none (a LID, a national number, nothing) stays as it is.
 */
export function phoneDigits(written: unknown): IDataObject[string] {
	const text = textOf(written).trim();
	const number = text.replace(/(:\d+)?@(s\.whatsapp\.net|c\.us)$/i, '');
	const digits = number.replace(/[\s().-]/g, '').replace(/^\+/, '');
	if (/^[1-9]\d{5,14}$/.test(digits)) return digits;
	return typeof written === 'number' ? text : (written as IDataObject[string]);
}

/** An object with the phone number under `name` as `phone`, in its place. */
export function withPhone(data: IDataObject, name: string): IDataObject {
	return Object.fromEntries(
		Object.entries(data).map(([key, value]) => (key === name ? ['phone', phoneDigits(value)] : [key, value])),
	);
}
