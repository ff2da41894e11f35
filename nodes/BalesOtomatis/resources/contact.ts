import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { requiredId } from '../../shared/messaging/fields/schemas';
import { withPhone } from '../../shared/messaging/phoneOutput';
import { collectionField, field } from '../../shared/operations/define/field';
import type { Resource } from '../../shared/operations/define/gateway';
import { locator } from '../../shared/operations/define/locator';
import { defineOperation } from '../../shared/operations/define/operation';
import { each } from '../../shared/operations/define/outputFields';
import { textOf } from '../../shared/text';
import { withTimes } from '../api/indonesianTime';
import { listPages } from '../api/pages';
import { contactListRequest, jsonRequest } from '../api/requests';
import { directionProperty, filterSchema, searchProperty } from '../fields/filters';

/** The columns of List Audiences, in the order of the API reference's body; `order` refers to them by position. */
const AUDIENCE_COLUMNS = ['name', 'wa_number', 'status', 'date_insert'] as const;

const contactOrder: INodeProperties = {
	displayName: 'Order By',
	name: 'orderBy',
	type: 'options',
	options: [
		{ name: 'Audience', value: 'contacts_audience' },
		{ name: 'Created', value: 'contacts_created_at' },
		{ name: 'Last Updated', value: 'contacts_last_updated' },
		{ name: 'Name', value: 'contacts_name' },
		{ name: 'Type', value: 'contacts_type' },
	],
	default: 'contacts_name',
	description: 'How to order the lists. Without this filter, they are ordered by creation date.',
};

const audienceOrder: INodeProperties = {
	displayName: 'Order By',
	name: 'orderBy',
	type: 'options',
	options: [
		{ name: 'Date Added', value: 'date_insert' },
		{ name: 'Name', value: 'name' },
		{ name: 'Status', value: 'status' },
		{ name: 'WhatsApp Number', value: 'wa_number' },
	],
	default: 'date_insert',
	description: 'How to order the people. Without this filter, they are ordered by name.',
};

const filters = { displayName: 'Filters', name: 'filters', placeholder: 'Add filter' };

const contactFilters = collectionField(
	filters,
	[contactOrder, directionProperty('desc'), searchProperty('customers')],
	filterSchema,
);

const audienceFilters = collectionField(
	filters,
	[audienceOrder, directionProperty('asc'), searchProperty('Ani')],
	filterSchema.extend({
		orderBy: z.enum(AUDIENCE_COLUMNS, { error: `choose one of ${AUDIENCE_COLUMNS.join(', ')}` }).optional(),
	}),
);

const contactList = field(
	locator({
		displayName: 'Contact List',
		name: 'contactList',
		required: true,
		description: 'One of the lists of people in your BalesOtomatis account, under Contacts',
		search: 'searchContactLists',
		byHand: { placeholder: 'e.g. c-32', hint: 'The contacts_id that Get Many returns' },
	}),
	requiredId('choose a contact list, or enter its ID: the contacts_id that Get Many returns'),
);

/** API reference: folder Contacts, List Contacts. */
const getMany = defineOperation({
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many contact lists',
	description:
		'Get the contact lists of the account and how many people are in each. To get the people themselves, use Get Audiences.',
	effect: 'read',
	fields: { filters: contactFilters },
	paging: listPages,
	request: (values) => contactListRequest(values.filters),
	output: each((list) => withTimes(list, 'contacts_created_at', 'contacts_last_updated')),
});

/** API reference: folder Contacts, List Audiences: search, order and columns in the form of its table. */
const getAudiences = defineOperation({
	value: 'getAudiences',
	name: 'Get Audiences',
	action: 'Get the people in a contact list',
	description: 'Get the people in a contact list, with their names, numbers and status',
	effect: 'read',
	fields: { contactList, filters: audienceFilters },
	paging: listPages,
	request: (values) =>
		jsonRequest('/get-list-audiences', {
			contact_id: values.contactList,
			draw: 1,
			search: { value: textOf(values.filters.search) },
			order: [
				{
					column: AUDIENCE_COLUMNS.indexOf(values.filters.orderBy ?? 'name'),
					dir: values.filters.orderDirection || 'asc',
				},
			],
			columns: AUDIENCE_COLUMNS.map((data) => ({ data })),
		}),
	output: each((person) => withPhone(withTimes(person, 'date_insert'), 'wa_number')),
});

export const contact: Resource = {
	value: 'contact',
	name: 'Contact',
	operations: [getMany, getAudiences],
};
