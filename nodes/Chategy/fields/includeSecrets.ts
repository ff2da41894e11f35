import { z } from 'zod';
import { field, type Field } from '../../shared/operations/define/field';

/** Tokens and keys stay out of the output unless they are asked for. */
export const includeSecrets: Field<boolean> = field(
	{
		displayName: 'Include Secrets',
		name: 'includeSecrets',
		type: 'boolean',
		default: false,
		description:
			'Whether to put out tokens and keys as well. They can then be read in the executions of this workflow.',
	},
	z.unknown().transform((value) => value === true),
);
