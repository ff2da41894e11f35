import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../shared/object';
import type { EventContact } from '../../../shared/trigger/event/details';
import { cardsIn, MOST_CARDS, readCard } from '../../../shared/trigger/whatsapp/parts/vcard';
import { fieldOf, textIn } from '../../../shared/trigger/whatsapp/values';

/** Fields that may hold contact cards, other than the text (names of whatsapp-web.js and TDLib, inferred). */
const NAMES = ['vcard', 'vcards', 'vCards', 'vcardList', 'contact', 'contacts'];

/**
 * The contacts of a message.
 *
 * @param text with the text of one or more cards
 * @returns null if there are none
 */
export function contactsIn(message: IDataObject, text: string | null): EventContact[] | null {
	const inText = cardsIn(text ?? '').map((card) => readCard(card, null));
	const contacts = inText.length > 0 ? inText : NAMES.flatMap((name) => contactsOf(fieldOf(message, name)));
	return contacts.length > 0 ? contacts.slice(0, MOST_CARDS) : null;
}

/** Contacts as WhatsApp shows them: by name, otherwise by number. */
export function namesOf(contacts: EventContact[]): string | null {
	const names = contacts.flatMap(({ name, phones }) => name ?? phones[0] ?? []);
	return names.length > 0 ? names.join(', ') : null;
}

function contactsOf(value: unknown): EventContact[] {
	const entries: unknown[] = Array.isArray(value) ? value.slice(0, MOST_CARDS) : [value];
	return entries.flatMap((entry) => {
		if (typeof entry === 'string') return cardsIn(entry).map((card) => readCard(card, null));
		return isObject(entry) ? contactOf(entry) : [];
	});
}

/** A card with a name next to it, or Telegram's `{phone_number, first_name, last_name, vcard}`. */
function contactOf(entry: IDataObject): EventContact[] {
	const names = [textIn(entry, 'first_name'), textIn(entry, 'last_name')].filter((name) => name !== null);
	const shown = textIn(entry, 'displayName', 'display_name', 'formattedName', 'name') ?? (names.join(' ') || null);
	const contact = readCard(textIn(entry, 'vcard', 'vCard'), shown);
	const phone = textIn(entry, 'phone_number', 'phone');
	const phones = contact.phones.length === 0 && phone !== null ? [phone] : contact.phones;
	const isEmpty = contact.name === undefined && contact.vcard === undefined && phones.length === 0;
	return isEmpty ? [] : [{ ...contact, phones }];
}
