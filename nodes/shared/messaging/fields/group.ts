import { z } from 'zod';
import { field, type Field } from '../../operations/define/field';
import { locator } from '../../operations/define/locator';
import { describeKind, parseRecipient } from '../phoneNumber';
import { withoutGroupSuffix } from '../whatsAppId';
import { requiredId } from './schemas';

/** The id of a group without "@g.us": digits, or for groups made before 2022 digits, dash, digits. */
const BARE_ID = /^\d+(-\d+)?$/;

/** The same where numbers of people come as well: shorter ones are those. */
const BARE_ID_OF_GROUP = /^(\d{16,}|\d+-\d+)$/;

/** How a provider takes the id of a group. */
interface GroupLabels {
	description?: string;
	/** An id like the ones expected, shown in the empty field and in refusals. */
	example: string;
	/** Whether the id goes out with "@g.us". It is taken with and without. */
	hasSuffix: boolean;
	/** How a refusal quotes the value, where it does not say what kind of recipient it is. */
	describe?: (value: string) => string;
}

/** A group of the connected phone, from the node's `searchGroups` or by its id. */
export function groupField({ example, hasSuffix, describe, ...labels }: GroupLabels): Field<string> {
	const property = locator({
		displayName: 'Group',
		name: 'group',
		required: true,
		...labels,
		search: 'searchGroups',
		byHand: { placeholder: `e.g. ${example}` },
	});
	const schema = requiredId('choose a group from the list, or enter its ID').transform((value, context) => {
		const id = hasSuffix ? idWithSuffix(value) : bareId(value);
		if (id !== undefined) return id;
		const problem = describe ? notGroup(describe(value)) : problemOf(value);
		const message = hasSuffix
			? `${problem}. A group ID is a long number such as ${example}`
			: `${problem}. A group ID is a long number such as ${example}, with or without "@g.us"`;
		context.addIssue({ code: 'custom', message });
		return z.NEVER;
	});
	return field(property, schema);
}

function bareId(value: string): string | undefined {
	const id = withoutGroupSuffix(value);
	return BARE_ID.test(id) ? id : undefined;
}

function idWithSuffix(value: string): string | undefined {
	const parsed = parseRecipient(BARE_ID_OF_GROUP.test(value) ? `${value}@g.us` : value);
	return parsed.ok && parsed.recipient.kind === 'group' ? parsed.recipient.id : undefined;
}

function problemOf(value: string): string {
	const parsed = parseRecipient(value);
	if (!parsed.ok) return notGroup(`"${value}"`);
	return `this is ${describeKind(parsed.recipient.kind)}, not a group ID`;
}

function notGroup(quoted: string): string {
	return `${quoted} is not a group ID`;
}
