import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { dateProblem, dateText, isTimeZone, readDate, wallClock } from '../../shared/messaging/dateTime';
import { ifFilled, requiredId } from '../../shared/messaging/fields/schemas';
import { withPhone } from '../../shared/messaging/phoneOutput';
import { collectionField, type Facts } from '../../shared/operations/define/field';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { each } from '../../shared/operations/define/outputFields';
import { chataloPages } from '../chatalo.fields';

/** Chatalo documents no time zone for its logs. It is based in Indonesia, so that zone is inferred. */
const ACCOUNT_ZONE = 'Asia/Jakarta';

const zone = ifFilled(
	requiredId(`enter a time zone, for example ${ACCOUNT_ZONE}`).refine(isTimeZone, {
		error: `this is not a time zone. Write it like ${ACCOUNT_ZONE} or UTC`,
	}),
);

/** What a date is checked with: the time zone of the logs. */
const accountZone: Facts = ({ parameter }) => ({
	zone: zone.safeParse(parameter('filters.timeZone')).data ?? ACCOUNT_ZONE,
});

/**
 * A date in the account's time zone, to the minute (API reference: "Y-m-d H:i"). A date without an offset is already in
 * that zone; any other is converted.
 */
const logTime = {
	facts: accountZone,
	schema: z.object({ written: z.unknown(), zone: z.string() }).transform(({ written, zone: ofAccount }, context) => {
		if (dateText(written) === '') return undefined;
		const date = readDate(written);
		if (date) {
			const clock = date.kind === 'clock' ? date.iso.replace('T', ' ') : wallClock(date.moment, ofAccount);
			// Without seconds.
			return clock.slice(0, 16);
		}
		context.addIssue({ code: 'custom', message: dateProblem(written) });
		return z.NEVER;
	}),
};

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
			displayName: 'Date From',
			name: 'dateFrom',
			type: 'dateTime',
			default: '',
			description:
				"Only entries from this time on, in the Chatalo account's time zone unless the date has its own",
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
			displayName: "Provider's Time Zone",
			name: 'timeZone',
			type: 'string',
			default: ACCOUNT_ZONE,
			placeholder: `e.g. ${ACCOUNT_ZONE}`,
			description: `The time zone of the logs. Date From and Date To are converted to it if they have their own time zone. Without this filter it is ${ACCOUNT_ZONE}.`,
		},
		{
			displayName: 'Date To',
			name: 'dateTo',
			type: 'dateTime',
			default: '',
			description: "Only entries up to this time, in the Chatalo account's time zone unless the date has its own",
		},
	],
	z.object({
		action: z.string().trim().optional(),
		ipAddress: z.string().trim().optional(),
		timeZone: zone,
		dateFrom: logTime.schema,
		dateTo: logTime.schema,
	}),
	{ dateFrom: logTime.facts, dateTo: logTime.facts },
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
	description: 'Get the account, its plan and its devices with their status',
	effect: 'read',
	fields: {},
	request: () => ({ method: 'GET', path: '/profile' }),
	output: each(readable),
});

/** API reference: folder Profile, Get Logs. */
const getLogs = defineOperation({
	value: 'getLogs',
	name: 'Get Logs',
	action: 'Get the activity logs',
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
