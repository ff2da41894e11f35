import { NOBODY, type Person, personOf } from '../../shared/messaging/person';
import { lidOfId, phoneOfId } from '../../shared/messaging/whatsAppId';
import { isObject } from '../../shared/object';
import { textOf } from '../../shared/text';

/** Where an answer may hold a number: `pn` was seen with clients of the same interface, the others are inferred. */
const PHONES = ['pn', 'phone', 'phone_number', 'phoneNumber', 'number'];

/** Where an answer may hold a WhatsApp id, which its suffix tells apart from the provider's own ids (inferred). */
const IDS = ['jid', 'id', 'wid'];

/** Where an answer may hold a person as a nested object (inferred). */
const INSIDE = ['user', 'me'];

/**
 * The number and LID in an answer, each recognized by its suffix; null if it is not there. The answer may also be the bare
 * value.
 */
export function personIn(answer: unknown, bare: 'phone' | 'lid'): Person {
	if (!isObject(answer)) return personOf(textOf(answer), bare);
	const inside = INSIDE.map((name) => answer[name]).find(isObject);
	const people = [
		...PHONES.map((name) => personOf(textOf(answer[name]), 'phone')),
		personOf(textOf(answer.lid), 'lid'),
		...IDS.map((name) => textOf(answer[name])).map((id) => ({ phone: phoneOfId(id), lid: lidOfId(id) })),
		inside ? personIn(inside, bare) : NOBODY,
	];
	return {
		phone: people.find(({ phone }) => phone !== null)?.phone ?? null,
		lid: people.find(({ lid }) => lid !== null)?.lid ?? null,
	};
}
