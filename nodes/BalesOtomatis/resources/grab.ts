import type { IDataObject } from 'n8n-workflow';
import { optionsField, timeLimitMs, timeLimitOption } from '../../shared/messaging/fields';
import type { Resource } from '../../shared/operations/gateway';
import { defineOperation, type OutputItem } from '../../shared/operations/operation';
import { numberId } from '../balesotomatis.fields';
import { jsonRequest } from '../balesotomatis.requests';

const options = optionsField([timeLimitOption]);

/** One item for each; contacts come as a list, groups as an object by their id (collection), nothing as either. */
function itemsOf(data: unknown): OutputItem[] {
	const elements: unknown[] = typeof data === 'object' && data !== null ? Object.values(data) : [];
	return elements
		.filter((element): element is IDataObject => typeof element === 'object' && element !== null)
		.map((json) => ({ json }));
}

/** Collection: folder Grabbing, Contacts. */
export const getContacts = defineOperation({
	value: 'getContacts',
	name: 'Get Contacts',
	action: 'Get contacts of a number',
	description: 'Get the contacts in the WhatsApp of a connected number',
	effect: 'read',
	fields: { number: numberId, options },
	run: async ({ number: number_id, options: chosen }, { send }) =>
		itemsOf((await send(jsonRequest('/grab', { number_id, type: 'contacts' }, timeLimitMs(chosen)))).data),
});

/** Collection: folder Grabbing, Group. */
export const getGroups = defineOperation({
	value: 'getGroups',
	name: 'Get Groups',
	action: 'Get groups of a number',
	description: 'Get the groups in the WhatsApp of a connected number, with their participants',
	effect: 'read',
	fields: { number: numberId, options },
	run: async ({ number: number_id, options: chosen }, { send }) =>
		itemsOf((await send(jsonRequest('/grab', { number_id, type: 'group' }, timeLimitMs(chosen)))).data),
});

export const grab: Resource = { value: 'grab', name: 'Grab', operations: [getContacts, getGroups] };
