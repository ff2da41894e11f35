import { digitsIn, withoutMarks } from './phoneNumber';
import { RENUMBERED } from './renumbered';
import { phoneOfId } from './whatsAppId';

/**
 * The digits by which two numbers are the same person's: countries that have renumbered are known to WhatsApp by the older
 * form, the newer one, or both, so of each the shorter form counts. It is only for comparing: a message sent to it would reach no one,
 * or someone else.
 *
 * @param written with country code, as a person, a spreadsheet or an id of WhatsApp has it
 * @returns null if it is no international number: an id of a group or a LID, a national number, words
 */
export function canonicalNumber(written: string): string | null {
	const digits = digitsOf(written);
	return digits === null ? null : (shorterOf(digits) ?? digits);
}

/**
 * People by their numbers. A number is in it if its digits are, or the shorter or longer form of them. Two
 * longer forms are not one person's because they have a shorter one in common: Ivorian operators each put their own two
 * digits in front, so that all six may have a customer with the same eight behind.
 */
export class People {
	private readonly numbers = new Set<string>();
	/** What the longer forms among them were before. */
	private readonly formerly = new Set<string>();

	/** @param written see {@link canonicalNumber}; what is no number is left out */
	add(written: string): void {
		const digits = digitsOf(written);
		if (digits === null) return;
		this.numbers.add(digits);
		const shorter = shorterOf(digits);
		if (shorter !== undefined) this.formerly.add(shorter);
	}

	has(written: string): boolean {
		const digits = digitsOf(written);
		if (digits === null) return false;
		const shorter = shorterOf(digits);
		return (
			this.numbers.has(digits) || (shorter === undefined ? this.formerly.has(digits) : this.numbers.has(shorter))
		);
	}
}

function digitsOf(written: string): string | null {
	const text = withoutMarks(written);
	return text.includes('@') ? phoneOfId(text) : internationalDigits(text);
}

/** The shorter form of a longer one. */
function shorterOf(digits: string): string | undefined {
	const renumbering = RENUMBERED.find(({ longer }) => longer.test(digits));
	return renumbering && digits.replace(renumbering.longer, renumbering.shorter);
}

/** The digits of a number that is written without a suffix, perhaps with a device behind it. */
function internationalDigits(text: string): string | null {
	const [, number = ''] = /^([^_:]+)(?:_\d{1,5})?(?::\d{1,5})?$/.exec(text) ?? [];
	const digits = digitsIn(number)?.replace(/^(?:\+|00)/, '') ?? '';
	return /^[1-9]\d{6,14}$/.test(digits) ? digits : null;
}
