import { path } from '../../shared/http/request';
import { defaultCountryOption, optionsField } from '../../shared/messaging/fields/options';
import { phoneNumber } from '../../shared/messaging/fields/recipients';
import { requiredText } from '../../shared/messaging/fields/schemas';
import { isObject } from '../../shared/object';
import { field } from '../../shared/operations/define/field';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { unpagedList } from '../api/pages';
import { personIn } from '../api/people';
import { forSession, lidByPhone, listContacts, phoneByLid } from '../api/requests';
import { contactJid, contactPhone, lid } from '../fields/recipients';
import { session } from '../fields/session';

const options = optionsField([defaultCountryOption]);

const name = field(
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Nathan Smith',
		description: 'Name of the contact',
	},
	requiredText('enter the name').transform((written) => written.trim()),
);

/** API reference: folder Contacts, Resolve a phone's WhatsApp registration status. */
const checkNumber = defineOperation({
	value: 'checkNumber',
	name: 'Check Number',
	action: 'Check if a number is on WhatsApp',
	description: 'Check whether a phone number is on WhatsApp, and get its WhatsApp ID',
	effect: 'read',
	fields: { session, number: phoneNumber, options },
	request: (values) => forSession(values.session, { method: 'GET', path: path`/api/on-whatsapp/${values.number}` }),
	output: (data, values) => ({ phone: values.number, ...(isObject(data) ? data : {}) }),
});

/** API reference: folder Contacts, List contacts. */
const getMany = defineOperation({
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many contacts',
	description: 'Get the contacts of the session',
	effect: 'read',
	fields: { session },
	paging: unpagedList,
	request: (values) => listContacts(values.session),
});

/** API reference: folder Contacts, Upsert a contact. */
const upsert = defineOperation({
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update a contact',
	description: 'Create a new contact, or update the current one if it already exists (upsert)',
	effect: 'change',
	fields: { session, number: phoneNumber, name, options },
	request: (values) =>
		forSession(values.session, {
			method: 'PUT',
			path: '/api/contacts',
			json: { phone: values.number, name: values.name },
			repeatable: true,
		}),
});

/** API reference: folder Contacts, Get a contact by phone. */
const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get a contact',
	description: 'Get a contact by its phone number',
	effect: 'read',
	fields: { session, contact: contactPhone, options },
	request: (values) => forSession(values.session, { method: 'GET', path: path`/api/contacts/${values.contact}` }),
});

/** API reference: folder Contacts, Get a contact's profile picture URL. */
const getPicture = defineOperation({
	value: 'getPicture',
	name: 'Get Profile Picture',
	action: 'Get the picture of a contact',
	description: 'Get the URL of the profile picture of a contact',
	effect: 'read',
	fields: { session, contact: contactJid, options },
	request: (values) =>
		forSession(values.session, { method: 'GET', path: path`/api/contacts/${values.contact}/picture` }),
});

/** Not in the API reference, see {@link phoneByLid}. */
const getPhoneByLid = defineOperation({
	value: 'getPhoneByLid',
	name: 'Get Phone by LID',
	action: 'Get the phone number behind a LID',
	description: 'Get the phone number that WhatsApp hides behind a LID. It is null if WhatsApp does not reveal it.',
	effect: 'read',
	fields: { session, lid },
	request: (values) => phoneByLid(values.session, values.lid),
	output: (data, values) => ({ lid: values.lid, phone: personIn(data, 'phone').phone }),
});

/** Not in the API reference, see {@link lidByPhone}. */
const getLidByPhone = defineOperation({
	value: 'getLidByPhone',
	name: 'Get LID by Phone',
	action: 'Get the LID of a phone number',
	description: 'Get the LID that WhatsApp uses to hide a phone number. It is null if WhatsApp does not reveal it.',
	effect: 'read',
	fields: { session, number: phoneNumber, options },
	request: (values) => lidByPhone(values.session, values.number),
	output: (data, values) => ({ lid: personIn(data, 'lid').lid, phone: values.number }),
});

/** API reference: folder Contacts, Block a contact. */
const block = defineOperation({
	value: 'block',
	name: 'Block',
	action: 'Block a contact',
	description: 'Block a contact so they can no longer message the session',
	effect: 'change',
	fields: { session, contact: contactPhone, options },
	request: (values) =>
		forSession(values.session, { method: 'POST', path: path`/api/contacts/${values.contact}/block` }),
});

/** API reference: folder Contacts, Unblock a contact. */
const unblock = defineOperation({
	value: 'unblock',
	name: 'Unblock',
	action: 'Unblock a contact',
	description: 'Let a blocked contact message the session again',
	effect: 'change',
	fields: { session, contact: contactPhone, options },
	request: (values) =>
		forSession(values.session, { method: 'POST', path: path`/api/contacts/${values.contact}/unblock` }),
});

export const contact: Resource = {
	value: 'contact',
	name: 'Contact',
	operations: [getMany, get, upsert, checkNumber, getPicture, getPhoneByLid, getLidByPhone, block, unblock],
};
