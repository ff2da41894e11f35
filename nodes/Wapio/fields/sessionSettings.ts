import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { defaultCountryOf } from '../../shared/messaging/fields/options';
import { COUNTRY_CODE_HINT } from '../../shared/messaging/fields/recipients';
import { onOrOff, requiredText } from '../../shared/messaging/fields/schemas';
import { parseRecipient } from '../../shared/messaging/phoneNumber';
import { collectionField, field, type Field } from '../../shared/operations/define/field';
import { textOf } from '../../shared/text';

/** API reference: the settings of a session, with their names in this node. */
const SETTINGS: Array<{ name: string; field: string; displayName: string; description: string }> = [
	{
		name: 'accountProtection',
		field: 'account_protection',
		displayName: 'Account Protection',
		description: 'Whether Wapio holds back anything that could get the number banned',
	},
	{
		name: 'alwaysOnline',
		field: 'always_online',
		displayName: 'Always Online',
		description: 'Whether the number always appears online',
	},
	{
		name: 'autoRejectCalls',
		field: 'auto_reject_calls',
		displayName: 'Auto-Reject Calls',
		description: 'Whether incoming calls are rejected automatically',
	},
	{
		name: 'ignoreBroadcasts',
		field: 'ignore_broadcasts',
		displayName: 'Ignore Broadcasts',
		description: 'Whether broadcasts and status updates are left out of events',
	},
	{
		name: 'ignoreChannels',
		field: 'ignore_channels',
		displayName: 'Ignore Channels',
		description: 'Whether messages in channels are left out of events',
	},
	{
		name: 'ignoreGroups',
		field: 'ignore_groups',
		displayName: 'Ignore Groups',
		description: 'Whether messages in groups are left out of events',
	},
	{
		name: 'readIncoming',
		field: 'read_incoming',
		displayName: 'Mark Incoming as Read',
		description: 'Whether incoming messages are marked as read immediately',
	},
	{
		name: 'typing',
		field: 'typing',
		displayName: 'Show Typing',
		description: 'Whether recipients see "typing…" before a message arrives',
	},
];

const settingProperties: INodeProperties[] = SETTINGS.map(({ name, displayName, description }) => ({
	displayName,
	name,
	type: 'boolean',
	default: true,
	description,
}));

const settingValues = z
	.record(z.string(), onOrOff)
	.transform((given): IDataObject =>
		Object.fromEntries(
			SETTINGS.filter(({ name }) => name in given).map(({ name, field: key }) => [key, given[name]]),
		),
	);

/** The settings that were added; an empty object if none were. */
export const settings: Field<IDataObject> = collectionField(
	{ displayName: 'Settings', name: 'settings', placeholder: 'Add setting' },
	settingProperties,
	settingValues,
);

/** {@link settings}, at least one. */
export const someSettings: Field<IDataObject> = {
	...settings,
	schema: settings.schema.refine(isFilled, { error: 'add at least one setting' }),
};

/** API reference: Create a session, `label`. */
export const label = field(
	{
		displayName: 'Label',
		name: 'label',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Customer Service',
		description: 'Name of the session in Wapio',
	},
	requiredText('enter a name for the session').transform((written) => written.trim()),
);

const labelProperty: INodeProperties = {
	displayName: 'Label',
	name: 'label',
	type: 'string',
	default: '',
	placeholder: 'e.g. Customer Service',
	description: 'Name of the session in Wapio',
};

const phoneNumberProperty: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	default: '',
	placeholder: 'e.g. 6281234567890',
	hint: COUNTRY_CODE_HINT,
	description: 'The number of the phone that will be connected',
};

const given = z.object({ label: z.unknown().optional(), phoneNumber: z.unknown().optional() });

/** Further fields of a session, in the provider's words; empty ones are left out. */
function sessionFields(
	labels: { displayName: string; name: string },
	properties: INodeProperties[],
): Field<{ label?: string; phone_number?: string }> {
	const { name } = labels;
	return {
		properties: [{ ...labels, type: 'collection', placeholder: 'Add field', default: {}, options: properties }],
		read: (item) => ({ [name]: item.parameter(name) ?? {}, country: defaultCountryOf(item) }),
		schema: z.object({ [name]: given, country: z.unknown() }).transform((raw, context) => {
			const values = given.parse(raw[name]);
			const called = textOf(values.label).trim();
			const number = textOf(values.phoneNumber).trim();
			const parsed = number === '' ? undefined : parseRecipient(number, textOf(raw.country));
			if (parsed && !(parsed.ok && parsed.recipient.kind === 'phone')) {
				const message = parsed.ok ? 'this is not a phone number' : parsed.problem;
				context.addIssue({ code: 'custom', path: [name, 'phoneNumber'], message });
				return z.NEVER;
			}
			const digits = parsed?.ok && parsed.recipient.kind === 'phone' ? parsed.recipient.digits : undefined;
			return {
				...(called === '' ? {} : { label: called }),
				...(digits === undefined ? {} : { phone_number: digits }),
			};
		}),
	};
}

/** API reference: Create a session, `phone_number`. */
export const additionalFields = sessionFields({ displayName: 'Additional Fields', name: 'additionalFields' }, [
	phoneNumberProperty,
]);

/** API reference: Update session metadata + settings: `label`, `phone_number`, `settings`; at least one of them. */
const ownFields = sessionFields({ displayName: 'Update Fields', name: 'updateFields' }, [
	labelProperty,
	phoneNumberProperty,
]);

/** The body of an update. */
export const update: Field<IDataObject> = {
	properties: [...ownFields.properties, ...settings.properties],
	read: (item) => ({ own: ownFields.read(item), settings: settings.read(item) }),
	schema: z.object({ own: z.unknown(), settings: z.unknown() }).transform((raw, context): IDataObject => {
		const own = ownFields.schema.safeParse(raw.own);
		const chosen = settings.schema.safeParse(raw.settings);
		const [issue] = [...(own.error?.issues ?? []), ...(chosen.error?.issues ?? [])];
		if (issue) {
			context.addIssue({ code: 'custom', path: issue.path, message: issue.message });
			return z.NEVER;
		}
		const body = { ...own.data, ...(isFilled(chosen.data) ? { settings: chosen.data } : {}) };
		if (isFilled(body)) return body;
		context.addIssue({ code: 'custom', path: ['updateFields'], message: 'add at least one field or setting' });
		return z.NEVER;
	}),
};

/** Whether there is anything in it. */
export function isFilled(value: object | undefined): boolean {
	return value !== undefined && Object.keys(value).length > 0;
}
