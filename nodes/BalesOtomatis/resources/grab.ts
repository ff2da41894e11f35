import type { IDataObject } from 'n8n-workflow';
import { optionsField, timeLimitMs, timeLimitOption } from '../../shared/messaging/fields/options';
import { withPhone } from '../../shared/messaging/phoneOutput';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { each, renamed } from '../../shared/operations/define/outputFields';
import { grabPages } from '../api/pages';
import { grabRequest } from '../api/requests';
import { connectedNumber } from '../fields/number';

const options = optionsField([timeLimitOption]);

/** API reference: `groupname`, and a `number` for each participant. */
function readable(group: IDataObject): IDataObject {
	const { participants } = group;
	const named = renamed(group, { groupname: 'name' });
	return Array.isArray(participants)
		? { ...named, participants: each((person) => withPhone(person, 'number'))(participants) }
		: named;
}

/** API reference: folder Grabbing, Contacts. */
const getContacts = defineOperation({
	value: 'getContacts',
	name: 'Get Contacts',
	action: 'Get the contacts of a number',
	description: 'Get the WhatsApp contacts of a connected number',
	effect: 'read',
	fields: { number: connectedNumber, options },
	paging: grabPages,
	request: (values) => grabRequest(values.number, 'contacts', timeLimitMs(values.options)),
	output: each((contact) => withPhone(contact, 'whatsapp_number')),
});

/** API reference: folder Grabbing, Group. */
const getGroups = defineOperation({
	value: 'getGroups',
	name: 'Get Groups',
	action: 'Get the groups of a number',
	description: 'Get the WhatsApp groups of a connected number, with their participants',
	effect: 'read',
	fields: { number: connectedNumber, options },
	paging: grabPages,
	request: (values) => grabRequest(values.number, 'group', timeLimitMs(values.options)),
	output: each(readable),
});

export const grab: Resource = { value: 'grab', name: 'Grab', operations: [getContacts, getGroups] };
