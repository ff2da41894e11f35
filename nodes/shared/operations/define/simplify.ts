import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { field, type Field } from './field';

/** n8n's switch on answers with more than ten fields. */
export const simplifyProperty: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Whether an answer comes with its most useful fields alone; without it, it is what the provider answered. */
export const simplify: Field<boolean> = field(
	simplifyProperty,
	z.unknown().transform((value) => value !== false),
);
