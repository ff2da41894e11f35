import { digitsIn, withoutMarks } from './phoneNumber';
import { RENUMBERED } from './renumbered';
import { phoneOfId } from './whatsAppId';

/**
 * The digits by which two numbers are the same person's: countries that have renumbered are known to WhatsApp by the older
 * form, the newer one, or both, so of each the shorter form counts. It is for comparing alone: sent to it would reach nobody,
 * or somebody else.
 *
 * @param written with country code, as a person, a spreadsheet or an id of WhatsApp has it
 * @returns null if it is no international number: an id of a group or a LID, a national number, words
 */
export function canonicalNumber(written: string): string | null {
	const text = withoutMarks(written);
	const digits = text.includes('@') ? phoneOfId(text) : internationalDigits(text);
	if (digits === null) return null;
	const renumbering = RENUMBERED.find(({ longer }) => longer.test(digits));
	return renumbering ? digits.replace(renumbering.longer, renumbering.shorter) : digits;
}

/** The digits of a number that is written without a suffix, perhaps with a device behind it. */
function internationalDigits(text: string): string | null {
	const [, number = ''] = /^([^_:]+)(?:_\d{1,5})?(?::\d{1,5})?$/.exec(text) ?? [];
	const digits = digitsIn(number)?.replace(/^(?:\+|00)/, '') ?? '';
	return /^[1-9]\d{6,14}$/.test(digits) ? digits : null;
}
