/**
 * The digits by which two numbers are compared: equal for two writings of one person's number. Never put out.
 *
 * @returns null if it is no number
 */
export function canonicalNumber(written: string): string | null {
	const digits = written
		.replace(/[@:_].*$/s, '')
		.replace(/[^\d]/g, '')
		.replace(/^00/, '');
	return /^\d{5,20}$/.test(digits) ? digits : null;
}
