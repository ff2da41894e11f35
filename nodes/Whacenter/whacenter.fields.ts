import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { futureMoment, isTimeZone, workflowZone } from '../shared/messaging/dateTime';
import { addressField, text } from '../shared/messaging/fields/content';
import { defaultCountryOption, optionsField, timeLimitOption } from '../shared/messaging/fields/options';
import { ifFilled, requiredId, webAddress } from '../shared/messaging/fields/schemas';
import { field, type Field } from '../shared/operations/define/field';
import { textOf } from '../shared/text';

/** Whacenter's time zone: it reads `schedule` as UTC+7 (observed in use). */
const PROVIDER_ZONE = 'Asia/Jakarta';

const EXAMPLE_FILE = 'https://example.com/invoice.pdf';

const deviceIdOption: INodeProperties = {
	displayName: 'Device ID',
	name: 'deviceId',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	placeholder: 'e.g. 0123456789abcdef0123456789abcdef',
	description: 'A different device than the one in the credential',
};

const fileUrlOption: INodeProperties = {
	displayName: 'File URL',
	name: 'fileUrl',
	type: 'string',
	default: '',
	placeholder: `e.g. ${EXAMPLE_FILE}`,
	description: 'Public URL of an image or other file to send with the text. Whacenter downloads it from there.',
};

/**
 * The device to use instead of the credential's: Device ID in the options. It is a separate field because its value must
 * stay out of errors.
 */
export const otherDevice: Field<string | undefined> = {
	properties: [],
	read: ({ parameter }) => textOf(parameter('options.deviceId')).trim(),
	schema: z.string().transform((value) => value || undefined),
	secret: true,
};

const file = { fileUrl: ifFilled(webAddress(EXAMPLE_FILE)) };

/** Options of a message to a phone number. */
export const personOptions = optionsField([defaultCountryOption, deviceIdOption, timeLimitOption]);

/** Options of a message to a phone number that may carry a file. */
export const scheduleOptions = optionsField(
	[defaultCountryOption, deviceIdOption, fileUrlOption, timeLimitOption],
	file,
);

/** Options of a message to a group. */
export const groupOptions = optionsField([deviceIdOption, fileUrlOption, timeLimitOption], file);

/** Options of an operation without a recipient. */
export const bareOptions = optionsField([deviceIdOption, timeLimitOption]);

/** API reference: Send Message Image or File, field `file`: a URL; uploads are not accepted. */
export const fileUrl = addressField({
	displayName: 'File URL',
	name: 'fileUrl',
	example: EXAMPLE_FILE,
	description: 'Public URL of the image or other file to send. Whacenter downloads it from there.',
});

/** A text that may be empty if a file goes with it: File URL in the options. */
export const textOrFile: Field<string> = {
	properties: text.properties.map((property) => ({
		...property,
		displayName: 'Text',
		required: false,
		description: 'The text of the message. It may be empty if you set File URL in the options.',
	})),
	read: (item) => ({ text: text.read(item), file: textOf(item.parameter('options.fileUrl')).trim() }),
	schema: z.object({ text: z.unknown(), file: z.string() }).transform(({ text: written, file }, context): string => {
		if (file !== '' && textOf(written).trim() === '') return '';
		const parsed = text.schema.safeParse(written);
		if (parsed.success) return parsed.data;
		for (const { message } of parsed.error.issues) context.addIssue({ code: 'custom', path: ['text'], message });
		return z.NEVER;
	}),
};

/** API reference: Send Message to Group, field `group`: the group's name ("nama group"). */
export const groupName: Field<string> = field(
	{
		displayName: 'Group Name',
		name: 'groupName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Customer Service',
		description: 'The name of the group exactly as WhatsApp shows it. The device must be a member.',
	},
	requiredId('enter the name of the group as WhatsApp shows it').refine((name) => !/@g\.us$/i.test(name), {
		error: 'this is the ID of a group. Whacenter needs its name, as WhatsApp shows it',
	}),
);

/** When a scheduled message goes out, in the workflow's time zone unless the value has its own. */
export const sendAt: Field<Date> = field(
	{
		displayName: 'Send At',
		name: 'sendAt',
		type: 'dateTime',
		required: true,
		default: '',
		description: "When to send the message, in the workflow's time zone (see the workflow settings)",
	},
	futureMoment,
	{ facts: workflowZone },
);

/** The time zone in which the date is written into the request. */
export const timeZone: Field<string> = field(
	{
		displayName: "Provider's Time Zone",
		name: 'timeZone',
		type: 'string',
		required: true,
		default: PROVIDER_ZONE,
		placeholder: `e.g. ${PROVIDER_ZONE}`,
		description:
			'The time zone in which Whacenter reads the date. The node converts Send At to it. Change only if messages arrive at the wrong time.',
	},
	requiredId(`enter a time zone, for example ${PROVIDER_ZONE}`).refine(isTimeZone, {
		error: `this is not a time zone. Write it like ${PROVIDER_ZONE} or UTC`,
	}),
);
