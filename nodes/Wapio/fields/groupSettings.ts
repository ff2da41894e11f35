import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { onOrOff, requiredId, requiredText } from '../../shared/messaging/fields/schemas';
import { field, type Field } from '../../shared/operations/define/field';
import { before } from '../../shared/text';

/** API reference: Create a group, `subject`. */
export const groupName = field(
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Customer Service',
		description: 'Name of the group',
	},
	requiredText('enter the name of the group').transform((written) => written.trim()),
);

/** Where WhatsApp's invite links lead; the code is their last part. */
const INVITE_LINK = /^(https?:\/\/)?chat\.whatsapp\.com\/(invite\/)?/i;

/** API reference: the code of an invite. The whole link is accepted, too. */
export const inviteCode = field(
	{
		displayName: 'Invite Code',
		name: 'inviteCode',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv',
		description: 'Invite link (https://chat.whatsapp.com/…), or the code at its end',
	},
	requiredId('enter the invite link, or the code at its end')
		.transform((written) => before(written.replace(INVITE_LINK, ''), '/?#'))
		.refine((code) => /^[\w-]{6,64}$/.test(code), {
			error: 'this is not an invite. Use a link such as https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv, or the code at its end',
		}),
);

const entry = z.object({
	key: requiredId('enter the name of the setting'),
	value: z.unknown().optional().transform(asWritten),
});

/**
 * The settings of a group. The API reference's body names none; `announce` and `restrict` are WhatsApp's own words for the
 * two that groups have (inferred); anything else can be set by name.
 */
export const groupSettings: Field<IDataObject> = {
	properties: [
		{
			displayName: 'Settings',
			name: 'settings',
			type: 'collection',
			placeholder: 'Add setting',
			default: {},
			options: [
				{
					displayName: 'Only Admins Can Edit',
					name: 'onlyAdminsEdit',
					type: 'boolean',
					default: true,
					description: 'Whether only admins can change the name, picture and description',
				},
				{
					displayName: 'Only Admins Can Send',
					name: 'onlyAdminsSend',
					type: 'boolean',
					default: true,
					description: 'Whether only admins can send messages in the group',
				},
			],
		},
		{
			displayName: 'Other Settings',
			name: 'otherSettings',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add setting',
			default: {},
			description: 'Further settings, by their names in the Wapio API',
			options: [
				{
					displayName: 'Setting',
					name: 'setting',
					values: [
						{ displayName: 'Key', name: 'key', type: 'string', default: '', placeholder: 'e.g. ephemeral' },
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							placeholder: 'e.g. 86400',
							description: 'Sent as text, except true, false and numbers',
						},
					],
				},
			],
		},
	],
	read: ({ parameter }) => ({
		settings: parameter('settings') ?? {},
		otherSettings: parameter('otherSettings') ?? {},
	}),
	schema: z
		.object({
			settings: z.object({
				onlyAdminsSend: onOrOff.optional(),
				onlyAdminsEdit: onOrOff.optional(),
			}),
			otherSettings: z.object({ setting: z.array(entry).default([]) }),
		})
		.transform(({ settings, otherSettings }): IDataObject => {
			const named = { announce: settings.onlyAdminsSend, restrict: settings.onlyAdminsEdit };
			const given = Object.entries(named).filter(([, value]) => value !== undefined);
			const others = otherSettings.setting.map(({ key, value }) => [key, value] as const);
			return Object.fromEntries([...given, ...others]);
		})
		.refine((settings) => Object.keys(settings).length > 0, {
			error: 'add at least one setting',
			path: ['settings'],
		}),
};

/** What a text says in JSON where that is a plain value; the text itself otherwise. */
function asWritten(value: unknown): string | number | boolean {
	if (typeof value === 'boolean' || typeof value === 'number') return value;
	const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
	const bare = text.trim();
	if (bare === 'true' || bare === 'false') return bare === 'true';
	// Long digits and those with a leading 0 are ids; a number would change them.
	return /^-?\d/.test(bare) && String(Number(bare)) === bare ? Number(bare) : text;
}
