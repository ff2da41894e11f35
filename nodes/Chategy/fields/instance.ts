import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import {
	defaultCountryOf,
	defaultCountryOption,
	optionsField,
	timeLimitOption,
} from '../../shared/messaging/fields/options';
import { COUNTRY_CODE_HINT } from '../../shared/messaging/fields/recipients';
import { ifFilled, onOrOff, requiredId } from '../../shared/messaging/fields/schemas';
import { parseRecipient } from '../../shared/messaging/phoneNumber';
import { collectionField, field, type Field } from '../../shared/operations/define/field';
import { locator } from '../../shared/operations/define/locator';
import { textOf } from '../../shared/text';
import { accountChannels, accountChannelsSchema } from './channels';
import { numericId } from './delivery';

const emailSchema = requiredId('fill in an email address').refine((email) => /^[^\s@]+@[^\s@]+$/.test(email), {
	error: 'this is not an email address. Write it like name@example.com',
});

const emailProperty: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	placeholder: 'e.g. name@example.com',
	default: '',
};

const externalId: INodeProperties = {
	displayName: 'External ID',
	name: 'externalId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 77777',
	description: 'Your own ID of the instance',
};

const password: INodeProperties = {
	displayName: 'Password',
	name: 'password',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'At least 7 characters, letters and digits',
};

/** API reference, Creating an instance: "greater than or equal to 7 characters, letters and numbers are required". */
const passwordSchema = z
	.unknown()
	.transform((value) => textOf(value) || undefined)
	.refine((value) => value === undefined || (value.length >= 7 && /\p{L}/u.test(value) && /\d/.test(value)), {
		error: 'it needs at least 7 characters, letters and digits among them',
	});

/** The address of the instance's owner. */
export const email: Field<string> = field({ ...emailProperty, required: true }, emailSchema);

/** Its value must stay out of errors; the options read it once more. */
export const passwordIn = (collection: string): Field => ({
	properties: [],
	// An expression may give a number, which would not be known as a secret.
	read: ({ parameter }) => textOf(parameter(`${collection}.password`)),
	schema: z.unknown(),
	secret: true,
});

/** What a new instance may be given. */
export const createOptions = optionsField(
	[
		accountChannels,
		defaultCountryOption,
		externalId,
		password,
		{
			displayName: 'Renew Subscription',
			name: 'renewSubscription',
			type: 'boolean',
			default: true,
			description: 'Whether the subscription is renewed by itself. Without this option, it is.',
		},
		timeLimitOption,
	],
	{
		channels: accountChannelsSchema,
		externalId: ifFilled(requiredId('fill this in')),
		password: passwordSchema.optional(),
		renewSubscription: onOrOff.optional(),
	},
);

const phoneSchema = z
	.object({ written: z.unknown(), country: z.string() })
	.transform(({ written, country }, context): string | undefined => {
		if (textOf(written).trim() === '') return undefined;
		const parsed = parseRecipient(written, country);
		if (parsed.ok && parsed.recipient.kind === 'phone') return parsed.recipient.digits;
		const message = 'this is not a phone number with its country code. Write it like 995598464533';
		context.addIssue({ code: 'custom', message });
		return z.NEVER;
	});

/** What of an instance can be changed. */
export const updateFields = collectionField(
	{ displayName: 'Update Fields', name: 'updateFields', placeholder: 'Add Field' },
	[
		accountChannels,
		emailProperty,
		externalId,
		password,
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. 995598464533',
			hint: COUNTRY_CODE_HINT,
		},
	],
	z.object({
		channels: accountChannelsSchema,
		email: ifFilled(emailSchema),
		externalId: ifFilled(requiredId('fill this in')),
		password: passwordSchema.optional(),
		phoneNumber: phoneSchema,
	}),
	{ phoneNumber: (item) => ({ country: defaultCountryOf(item) }) },
);

/** Whether an instance's subscription is renewed by itself; a change must always say so (API reference). */
export const renewSubscription: Field<boolean> = field(
	{
		displayName: 'Renew Subscription',
		name: 'renewSubscription',
		type: 'boolean',
		default: true,
		description: 'Whether the subscription is renewed by itself. Chategy wants it said with every change.',
	},
	onOrOff,
);

/** An instance by its own ID, which is not the customer's. */
export const instanceId: Field<string> = field(
	locator({
		displayName: 'Instance',
		name: 'instance',
		required: true,
		description: 'The instance by its own ID, which is not the customer ID',
		search: 'searchInstances',
		byHand: { placeholder: 'e.g. 3748' },
	}),
	numericId('choose an instance from the list, or give its ID, a whole number'),
);

/** API reference, Getting information about an instance: `customer_id`. */
export const customerId: Field<string> = field(
	locator({
		displayName: 'Customer ID',
		name: 'customerId',
		required: true,
		description: 'The customer that the instance belongs to. It is not the ID of the instance.',
		search: 'searchCustomers',
		byHand: { placeholder: 'e.g. 20322' },
	}),
	numericId('choose an instance from the list, or give its customer ID, a whole number'),
);

/** The developer's own ID of an instance. */
export const ownId: Field<string> = field(
	locator({
		displayName: 'External ID',
		name: 'externalId',
		required: true,
		description: 'Your own ID of the instance',
		search: 'searchExternalIds',
		byHand: { placeholder: 'e.g. 77777' },
	}),
	requiredId('choose an instance from the list, or give the external ID that it was created with'),
);
