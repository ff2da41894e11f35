import { z } from 'zod';
import { field, type Field } from '../../operations/define/field';

/**
 * The one thing that a credential is for (its account, its device), to be chosen where an operation does away with
 * something of it: with nothing chosen, nothing is done.
 *
 * @param what the thing is called, in Title Case
 */
export function ofCredential(what: string, name: string): Field<string> {
	const choice = `The ${what} in the Credential`;
	const options = [{ name: choice, value: 'credential' }];
	return field(
		{
			displayName: what,
			name,
			type: 'options',
			options,
			required: true,
			default: '',
			description: 'What this applies to',
			hint: 'Choose it here to confirm. This takes effect immediately and cannot be undone.',
		},
		z.literal('credential', { error: 'choose it here. Operations that cannot be undone never use a default' }),
	);
}
