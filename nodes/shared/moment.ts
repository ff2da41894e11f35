/** What a luxon DateTime has, whichever copy of luxon made it. */
interface DateTimeLike {
	isValid: boolean;
	toMillis: () => number;
}

/**
 * The moment that an object of an expression means: n8n's expressions give a DateTime of n8n's own luxon
 * (`$now`), or a Date that may be of another realm, so neither is an instance of a class that is known here.
 *
 * @returns `invalid` for such an object without a moment (`DateTime.fromISO('soon')`), undefined for any other value
 */
export function momentIn(value: unknown): Date | 'invalid' | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	const isDate = Object.prototype.toString.call(value) === '[object Date]';
	if (!isDate && !isDateTime(value)) return undefined;
	const moment = new Date(isDate ? Number(value) : (value as DateTimeLike).toMillis());
	return Number.isNaN(moment.getTime()) ? 'invalid' : moment;
}

function isDateTime(value: object): value is DateTimeLike {
	return 'toMillis' in value && typeof value.toMillis === 'function' && 'isLuxonDateTime' in value;
}
