import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { collectionField, type Facts, type Field, FieldRefusal, type ItemReader } from '../../operations/define/field';
import { textOf } from '../../text';
import { isCountry } from '../phoneNumber';
import { secondsToWait } from './schemas';

/** The option that gives national numbers ("0812…") their country. Every operation with a number offers it. */
export const defaultCountryOption: INodeProperties = {
	displayName: 'Default Country',
	name: 'defaultCountry',
	type: 'string',
	default: '',
	placeholder: 'e.g. ID',
	description:
		"Two-letter code of the country that numbers starting with 0 belong to, for example ID for Indonesia. Without this option, the credential's Default Country is used. Without either, such numbers are refused.",
};

/** The option to set a message's idempotency key by hand; what it does differs. */
export function idempotencyKeyProperty(own: Pick<INodeProperties, 'description'>): INodeProperties {
	return {
		displayName: 'Idempotency Key',
		name: 'idempotencyKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.orderId }}',
		...own,
	};
}

const NO_COUNTRY = 'use the two-letter code of a country, for example ID (the United Kingdom is GB)';

/**
 * The country of national numbers: that of the options, else the credential's.
 *
 * @returns empty if there is neither
 * @throws FieldRefusal if the credential names something else than a country; the options are judged by their own schema
 */
export function defaultCountryOf({ parameter, credential }: Pick<ItemReader, 'parameter' | 'credential'>): string {
	const chosen = textOf(parameter('options.defaultCountry')).trim();
	if (chosen !== '') return chosen;
	const usual = textOf(credential('defaultCountry')).trim();
	if (usual !== '' && !isCountry(usual)) throw new FieldRefusal('Default Country in the credential', NO_COUNTRY);
	return usual;
}

/** The option that ends the wait for an answer. */
export const timeLimitOption: INodeProperties = {
	displayName: 'Time Limit (Seconds)',
	name: 'timeLimit',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 3600 },
	default: 60,
	description:
		'How long one try may take, from connecting to the end of the response. A file gets more time while it is being transferred.',
};

const options = z.object({
	defaultCountry: z
		.string()
		.trim()
		.refine((code) => code === '' || isCountry(code), { error: NO_COUNTRY })
		.optional(),
	timeLimit: secondsToWait.optional(),
});

/** An option that is judged with facts of the item; see {@link Facts} for what its schema is given. */
interface OptionWithFacts<S extends z.ZodType = z.ZodType> {
	facts: Facts;
	schema: S;
}

/** What the options must be, by name. */
type OwnOptions = Record<string, z.ZodType | OptionWithFacts>;

/** The schemas of options, with facts or without. */
type SchemasOf<O extends OwnOptions> = {
	[K in keyof O]: O[K] extends OptionWithFacts<infer S> ? S : O[K] extends z.ZodType ? O[K] : never;
};

/** The values of the options that every provider has, and of the provider's own. */
type OptionValues<O extends OwnOptions> = z.output<typeof options> & z.output<z.ZodObject<SchemasOf<O>>>;

/**
 * The Options collection of an operation.
 *
 * @param properties which options it offers
 * @param own what the provider's own options among them must be, by name; all of them may be absent
 */
export function optionsField<O extends OwnOptions = Record<never, never>>(
	properties: INodeProperties[],
	own: O = {} as O,
): Field<OptionValues<O>> {
	const entries = Object.entries(own);
	const schemas = entries.map(([name, option]) => [name, isWithFacts(option) ? option.schema : option] as const);
	const facts = entries.flatMap(([name, option]) => (isWithFacts(option) ? [[name, option.facts] as const] : []));
	return collectionField(
		{ displayName: 'Options', name: 'options', placeholder: 'Add option' },
		properties,
		options.extend(Object.fromEntries(schemas) as SchemasOf<O>) as unknown as z.ZodType<OptionValues<O>>,
		Object.fromEntries(facts),
	);
}

function isWithFacts(option: z.ZodType | OptionWithFacts): option is OptionWithFacts {
	return 'facts' in option;
}

/** Milliseconds of the Time Limit option, or undefined for the usual limit. */
export function timeLimitMs(chosen: { timeLimit?: number }): number | undefined {
	return chosen.timeLimit === undefined ? undefined : chosen.timeLimit * 1000;
}
