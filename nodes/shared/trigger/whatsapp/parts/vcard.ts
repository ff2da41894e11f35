import { withoutTrailing } from '../../../text';
import { told } from '../../event/emptyEvent';
import type { EventContact } from '../../event/details';

/** Contact cards that are read of one message. */
export const MOST_CARDS = 100;

/** Characters of one card that are read; a picture in it may be longer, and comes last. */
const MOST_CHARACTERS = 200_000;

/** Lines of one card that are read. */
const MOST_LINES = 500;

/** A property of a card: `item1.TEL;type=CELL;waid=628123456789:+62 812-3456-789`. */
interface Line {
	name: string;
	/** In lower case. */
	parameters: string;
	value: string;
}

/**
 * A contact card as its fields.
 *
 * @param card the card's text
 * @param displayName what WhatsApp shows, for a card without a name
 */
export function readCard(card: string | null, displayName: string | null): EventContact {
	const lines = linesOf(card ?? '');
	const valuesOf = (name: string): string[] =>
		lines.filter((line) => line.name === name).map(({ value }) => plain(value));
	const numbers = lines.filter(({ name }) => name === 'TEL');
	return told<EventContact>({
		name: firstFilled(valuesOf('FN')) ?? nameOf(lines) ?? displayName,
		phones: filled(numbers.map(({ value }) => plain(value.slice(value.lastIndexOf(':') + 1)))),
		waPhones: filled(numbers.map(({ parameters }) => /(?:^|;)waid=(\d{5,20})/.exec(parameters)?.[1] ?? '')),
		emails: filled(valuesOf('EMAIL')),
		organization: firstFilled(valuesOf('ORG').map((value) => withoutTrailing(value, ';'))),
		vcard: card,
	});
}

/** The cards in a text that may hold several. */
export function cardsIn(text: string): string[] {
	const cards = text.split(/^(?=BEGIN:VCARD)/im).filter((card) => /^BEGIN:VCARD/i.test(card));
	return cards.slice(0, MOST_CARDS).map((card) => card.trim());
}

/** A long line goes on in the next one, which begins with a space. */
function linesOf(card: string): Line[] {
	return card
		.slice(0, MOST_CHARACTERS)
		.replace(/\r?\n[ \t]/g, '')
		.split(/\r?\n/, MOST_LINES)
		.flatMap((line) => {
			const colon = line.indexOf(':');
			if (colon < 0) return [];
			const [property = '', ...parameters] = line.slice(0, colon).split(';');
			return {
				name: property
					.slice(property.lastIndexOf('.') + 1)
					.trim()
					.toUpperCase(),
				parameters: parameters.join(';').toLowerCase(),
				value: line.slice(colon + 1),
			};
		});
}

/** `N` is family name, given name, further names, title, suffix. */
function nameOf(lines: Line[]): string | null {
	const written = lines.find(({ name }) => name === 'N')?.value;
	if (written === undefined) return null;
	const [family = '', given = '', further = ''] = written.split(/(?<!\\);/, 5).map(plain);
	return firstFilled([[given, further, family].filter((part) => part !== '').join(' ')]);
}

function plain(value: string): string {
	return value.replace(/\\([,;:\\nN])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign)).trim();
}

const filled = (values: string[]): string[] => values.filter((value) => value !== '');
const firstFilled = (values: string[]): string | null => filled(values)[0] ?? null;
