import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
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

const emailSchema = requiredId('enter an email address').refine((email) => /^[^\s@]+@[^\s@]+$/.test(email), {
	error: 'this is not an email address. Use the form name@example.com',
});

const emailProperty: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	placeholder: 'e.g. name@example.com',
	default: '',
	description: "The client's email address",
};

const externalId: INodeProperties = {
	displayName: 'External ID',
	name: 'externalId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 77777',
	description: 'Your own ID for the instance',
};

const password: INodeProperties = {
	displayName: 'Password',
	name: 'password',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'At least 7 characters, with letters and digits',
};

/** API reference, Creating an instance: "greater than or equal to 7 characters, letters and numbers are required". */
const passwordSchema = z
	.unknown()
	.transform((value) => textOf(value) || undefined)
	.refine((value) => value === undefined || (value.length >= 7 && /\p{L}/u.test(value) && /\d/.test(value)), {
		error: 'use at least 7 characters, with letters and digits',
	});

/** The email address of the instance's owner. */
export const email: Field<string> = field({ ...emailProperty, required: true }, emailSchema);

/** Keeps the password out of errors; the options read it as well. */
export const passwordIn = (collection: string): Field => ({
	properties: [],
	// An expression may return a number, which would not be recognized as a secret.
	read: ({ parameter }) => textOf(parameter(`${collection}.password`)),
	schema: z.unknown(),
	secret: true,
});

/** The optional parameters of a new instance. */
export const createOptions = optionsField(
	[
		accountChannels,
		defaultCountryOption,
		externalId,
		password,
		{
			displayName: 'Auto-Renew Subscription',
			name: 'renewSubscription',
			type: 'boolean',
			// Chategy renews without the option, so it is added to turn that off.
			default: false,
			description: 'Whether the subscription renews automatically. Without this option, it does.',
		},
		timeLimitOption,
	],
	{
		channels: accountChannelsSchema,
		externalId: ifFilled(requiredId('enter a value')),
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
		const message = 'this is not a phone number with a country code. Enter it like 995598464533';
		context.addIssue({ code: 'custom', message });
		return z.NEVER;
	});

/** The optional changes to an instance. */
export const updateFields = collectionField(
	{ displayName: 'Update Fields', name: 'updateFields', placeholder: 'Add field' },
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
			description: 'The phone number of the instance',
		},
	],
	z.object({
		channels: accountChannelsSchema,
		email: ifFilled(emailSchema),
		externalId: ifFilled(requiredId('enter a value')),
		password: passwordSchema.optional(),
		phoneNumber: phoneSchema,
	}),
	{ phoneNumber: (item) => ({ country: defaultCountryOf(item) }) },
);

const renewalChoices: INodePropertyOptions[] = [
	{ name: 'Off', value: false },
	{ name: 'On', value: true },
];

/**
 * Whether an instance's subscription renews automatically. API reference, Instance data changes: required with every update. It
 * has no default, because either one would silently change instances that are set to the other.
 */
export const renewSubscription: Field<boolean> = field(
	{
		displayName: 'Auto-Renew Subscription',
		name: 'renewSubscription',
		type: 'options',
		options: renewalChoices,
		required: true,
		default: '',
		description:
			'Whether the subscription renews automatically. Chategy requires this with every update. To keep the current setting, use renew_subscription from the output of Get.',
	},
	z.preprocess(
		(value) =>
			/^(true|false)$/i.test(textOf(value).trim()) ? textOf(value).trim().toLowerCase() === 'true' : value,
		z.boolean({ error: 'choose On or Off' }),
	),
);

/** An instance by its own ID, which is not the customer ID. */
export const instanceId: Field<string> = field(
	locator({
		displayName: 'Instance',
		name: 'instance',
		required: true,
		description: 'The instance. Its ID is not the customer ID.',
		search: 'searchInstances',
		byHand: { placeholder: 'e.g. 3748' },
	}),
	numericId('choose an instance from the list, or enter its ID, a whole number'),
);

/** API reference, Getting information about an instance: `customer_id`. */
export const customerId: Field<string> = field(
	locator({
		displayName: 'Customer ID',
		name: 'customerId',
		required: true,
		description: 'The ID of the customer that the instance belongs to. It is not the ID of the instance.',
		search: 'searchCustomers',
		byHand: { placeholder: 'e.g. 20322' },
	}),
	numericId('choose an instance from the list, or enter its customer ID, a whole number'),
);

/** The developer's own ID of an instance. */
export const ownId: Field<string> = field(
	locator({
		displayName: 'External ID',
		name: 'externalId',
		required: true,
		description: 'Your own ID for the instance',
		search: 'searchExternalIds',
		byHand: { placeholder: 'e.g. 77777' },
	}),
	requiredId('choose an instance from the list, or enter the external ID it was created with'),
);
