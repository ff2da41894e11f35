/** Contracts of the folder "Contacts" of Wapio, typed by hand from its API reference, which shows one answer only. */
import type { Contract } from '../../../contracts/types';
import {
	contact,
	contract,
	empty,
	JID,
	notFound,
	ok,
	OTHER_PHONE,
	PHONE,
	refusedInside,
	request,
	unauthorized,
	withAccount,
} from './samples';

const contacts = [
	{ jid: JID, phone: PHONE, name: 'Amina' },
	{ jid: `${OTHER_PHONE}@s.whatsapp.net`, phone: OTHER_PHONE, name: 'Youssef' },
];
const picture = { url: 'https://pps.whatsapp.net/v/t61/picture.jpg' };

const check = contract("Contacts / Resolve a phone's WhatsApp registration status", 'contact', 'checkNumber', {
	parameters: { phoneNumber: '+212 600-000000' },
	request: request('GET', `/api/on-whatsapp/${PHONE}`),
	answers: [
		ok({ exists: true, jid: JID }, [{ phone: PHONE, exists: true, jid: JID }]),
		ok({ exists: false, jid: null }, [{ phone: PHONE, exists: false, jid: null }], {
			name: '200 OK, not on WhatsApp',
			inferred: true,
		}),
		refusedInside,
	],
});
const upsert = contract('Contacts / Upsert a contact', 'contact', 'upsert', {
	parameters: { phoneNumber: PHONE, name: 'Amina' },
	request: request('PUT', '/api/contacts', { json: { phone: PHONE, name: 'Amina' } }),
	answers: [empty(), { ...unauthorized, inferred: true }],
});
const block = contract('Contacts / Block a contact', 'contact', 'block', {
	parameters: { contact },
	request: request('POST', `/api/contacts/${PHONE}/block`),
	answers: [empty()],
});
const list = contract('Contacts / List contacts', 'contact', 'getMany', {
	parameters: { returnAll: true },
	request: request('GET', '/api/contacts'),
	answers: [
		ok({ success: true, data: contacts }, contacts, { inferred: true }),
		ok({ data: contacts, next_cursor: null }, contacts, { name: '200 OK, with a cursor', inferred: true }),
		ok({ success: true, data: { data: contacts, next_cursor: '' } }, contacts, {
			name: '200 OK, wrapped twice',
			inferred: true,
		}),
		ok({ status: 'success', data: contacts }, contacts, { name: '200 OK, "success" as a word', inferred: true }),
		ok(contacts, contacts, { name: '200 OK, the list alone', inferred: true }),
		ok({ success: true, data: [] }, [], { name: '200 OK, no contacts', inferred: true }),
	],
});

/** Requests of the folder. */
export const wapioContactContracts: Contract[] = [
	check,
	withAccount(check),
	list,
	withAccount(list),
	contract('Contacts / List contacts', 'contact', 'getMany', {
		variant: 'only the first',
		parameters: { returnAll: false, limit: 1 },
		request: request('GET', '/api/contacts'),
		answers: [ok({ success: true, data: contacts }, contacts.slice(0, 1), { inferred: true })],
	}),
	upsert,
	withAccount(upsert),
	contract('Contacts / Get a contact by phone', 'contact', 'get', {
		parameters: { contact },
		request: request('GET', `/api/contacts/${PHONE}`),
		answers: [
			ok({ success: true, data: contacts[0] }, contacts.slice(0, 1), { inferred: true }),
			{ ...notFound, inferred: true },
		],
	}),
	contract("Contacts / Get a contact's profile picture URL", 'contact', 'getPicture', {
		parameters: { contact },
		request: request('GET', `/api/contacts/${PHONE}%40s.whatsapp.net/picture`),
		answers: [ok({ success: true, data: picture }, [picture], { inferred: true })],
	}),
	contract("Contacts / Get a contact's profile picture URL", 'contact', 'getPicture', {
		variant: 'of a LID',
		parameters: { contact: { ...contact, value: '203948576102938@lid' } },
		request: request('GET', '/api/contacts/203948576102938%40lid/picture'),
		answers: [ok({ success: true, data: picture }, [picture], { inferred: true })],
	}),
	block,
	withAccount(block),
	contract('Contacts / Unblock a contact', 'contact', 'unblock', {
		parameters: { contact },
		request: request('POST', `/api/contacts/${PHONE}/unblock`),
		answers: [empty()],
	}),
];
