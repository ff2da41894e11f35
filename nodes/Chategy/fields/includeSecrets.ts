import { z } from 'zod';
import { field, type Field } from '../../shared/operations/define/field';

/** Tokens and keys stay out of the output unless the user wants them. */
export const includeSecrets: Field<boolean> = field(
	{
		displayName: 'Include Secrets',
		name: 'includeSecrets',
		type: 'boolean',
		default: false,
		description:
			'Whether to also return tokens and keys. Anyone who can open the executions of this workflow can then read them.',
	},
	z.unknown().transform((value) => value === true),
);
