import type { INodeProperties } from 'n8n-workflow';
import { requiredText } from '../shared/messaging/schemas';
import { field, type Field } from '../shared/operations/field';
import { textOf } from '../shared/text';

/**
 * A code or a password: hidden in the editor, kept out of errors, and sent as it is written but for the spaces around it.
 *
 * @param labels `missing`: what to say when it is empty
 */
export function secretText(
	labels: Pick<INodeProperties, 'displayName' | 'name' | 'description'> & { missing: string },
): Field<string> {
	const { missing, ...property } = labels;
	const schema = requiredText(missing);
	return {
		...field({ ...property, type: 'string', typeOptions: { password: true }, required: true, default: '' }, schema),
		// An expression may give a number, which would not be known as a secret.
		read: ({ parameter }) => textOf(parameter(property.name)).trim(),
		secret: true,
	};
}

/**
 * The option that ends a wait for an authorization.
 *
 * @param seconds the usual limit
 */
export function waitLimitOption(seconds: number, description: string): INodeProperties {
	return {
		displayName: 'Time Limit (Seconds)',
		name: 'timeLimit',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3600 },
		default: seconds,
		description,
	};
}
