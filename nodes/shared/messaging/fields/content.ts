import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { field, type Field } from '../../operations/define/field';
import { textOf } from '../../text';
import { requiredText, webAddress } from './schemas';

const EXAMPLE = 'e.g. Hello, your order is on its way.';

/** The text of a message. */
export const text: Field<string> = field(
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: EXAMPLE,
		description: 'The text of the message',
	},
	requiredText('write the text of the message'),
);

/**
 * An address that the provider uses: to fetch a file, or to post to.
 *
 * @param labels `example`: an address like the ones expected, shown in the empty field and in refusals
 */
export function addressField(labels: {
	displayName: string;
	name: string;
	example: string;
	description: string;
}): Field<string> {
	const { example, ...property } = labels;
	return field(
		{ ...property, type: 'string', required: true, default: '', placeholder: `e.g. ${example}` },
		webAddress(example),
	);
}

/** A text that may be empty, such as the one under a file. */
export function optionalTextField(
	labels: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'placeholder'>,
): Field<string> {
	return field(
		{ placeholder: EXAMPLE, ...labels, type: 'string', typeOptions: { rows: 3 }, default: '' },
		z.unknown().transform(textOf),
	);
}

/** The text that goes with an image, a video or another file, which may be empty. */
export function captionField(labels: Pick<INodeProperties, 'description' | 'placeholder'> = {}): Field<string> {
	return optionalTextField({
		displayName: 'Caption',
		name: 'caption',
		placeholder: 'e.g. Here it is, as promised',
		description: 'Optional text to send with the file',
		...labels,
	});
}
