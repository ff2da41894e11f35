import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { withPhone } from '../../shared/messaging/phoneOutput';
import { collectionField } from '../../shared/operations/define/field';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { each } from '../../shared/operations/define/outputFields';
import { chataloPages } from '../chatalo.fields';

/** A date from n8n's picker, or written, as the wall clock shows it: Chatalo names no time zone for its logs. */
const wallClock = z
	.string()
	.optional()
	.transform((written, context) => {
		if (!written?.trim()) return undefined;
		const parts = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?/.exec(written.trim());
		if (parts && !Number.isNaN(Date.parse(`${parts[1]}T${parts[2] ?? '00:00'}Z`))) {
			return `${parts[1]} ${parts[2] ?? '00:00'}`;
		}
		const message = `"${written}" is not a date. Use the date picker, or write it as 2026-01-31 08:00`;
		context.addIssue({ code: 'custom', message });
		return z.NEVER;
	});

const logFilters = collectionField(
	{ displayName: 'Filters', name: 'filters', placeholder: 'Add filter' },
	[
		{
			displayName: 'Action',
			name: 'action',
			type: 'string',
			default: '',
			placeholder: 'e.g. Update API Key',
			description: 'Only entries whose action contains this text',
		},
		{
			displayName: 'From',
			name: 'dateFrom',
			type: 'dateTime',
			default: '',
			description: 'Only entries from this time on, by the clock of the Chatalo account',
		},
		{
			displayName: 'IP Address',
			name: 'ipAddress',
			type: 'string',
			default: '',
			placeholder: 'e.g. 203.0.113.7',
			description: 'Only entries from this address',
		},
		{
			displayName: 'To',
			name: 'dateTo',
			type: 'dateTime',
			default: '',
			description: 'Only entries up to this time, by the clock of the Chatalo account',
		},
	],
	z.object({
		action: z.string().trim().optional(),
		ipAddress: z.string().trim().optional(),
		dateFrom: wallClock,
		dateTo: wallClock,
	}),
);

/** API reference: each device has a `whatsapp_number`. */
function readable(account: IDataObject): IDataObject {
	const { assigned_devices: devices } = account;
	if (!Array.isArray(devices)) return account;
	return { ...account, assigned_devices: each((device) => withPhone(device, 'whatsapp_number'))(devices) };
}

/** API reference: folder Profile, Get Profile. */
const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get the account and its devices',
	description: 'Get the account, its plan and the connected devices with their status',
	effect: 'read',
	fields: {},
	request: () => ({ method: 'GET', path: '/profile' }),
	output: each(readable),
});

/** API reference: folder Profile, Get Logs. */
const getLogs = defineOperation({
	value: 'getLogs',
	name: 'Get Logs',
	action: 'Get the activity logs of the account',
	description: 'Get the history of changes and actions in the account',
	effect: 'read',
	fields: { filters: logFilters },
	paging: chataloPages,
	request: (values) => ({
		method: 'GET',
		path: '/profile/logs',
		query: {
			action: values.filters.action || undefined,
			ip: values.filters.ipAddress || undefined,
			date_from: values.filters.dateFrom,
			date_to: values.filters.dateTo,
		},
	}),
});

export const profile: Resource = { value: 'profile', name: 'Profile', operations: [get, getLogs] };
