import type { INodeProperties } from 'n8n-workflow';
import { requiredText } from '../../shared/messaging/fields/schemas';
import { field, type Field } from '../../shared/operations/define/field';
import { textOf } from '../../shared/text';

/**
 * A code or a password: hidden in the editor and kept out of errors. A code is sent without surrounding spaces.
 *
 * @param labels `missing`: the refusal when it is empty; `isExact`: spaces are part of it, as in a password
 */
export function secretText(
	labels: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'placeholder'> & {
		missing: string;
		isExact?: boolean;
	},
): Field<string> {
	const { missing, isExact = false, ...property } = labels;
	const schema = requiredText(missing);
	return {
		...field({ ...property, type: 'string', typeOptions: { password: true }, required: true, default: '' }, schema),
		// An expression may return a number, which would not be recognized as a secret.
		read: ({ parameter }) => {
			const written = textOf(parameter(property.name));
			return isExact ? written : written.trim();
		},
		secret: true,
	};
}

/**
 * The option that limits the wait for an authorization.
 *
 * @param seconds the default limit
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
