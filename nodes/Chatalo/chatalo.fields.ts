import { addressField } from '../shared/messaging/fields/content';
import { groupField } from '../shared/messaging/fields/group';
import { requiredId } from '../shared/messaging/fields/schemas';
import { field, type Field } from '../shared/operations/define/field';
import { locator } from '../shared/operations/define/locator';
import { pageNumbers, type Paging } from '../shared/operations/define/paging';
import { lastPage } from './chatalo.api';

/** The connected phone to use. Its id identifies it to the provider and stays out of errors. */
export const device: Field<string> = field(
	locator({
		displayName: 'Device',
		name: 'device',
		required: true,
		description: 'The connected phone to use. Its status must be AUTHENTICATED.',
		search: 'searchDevices',
		byHand: { placeholder: 'e.g. c7276ae0-c306-4896-8fda-0123456789ab' },
	}),
	requiredId('choose a device from the list, or enter its ID'),
	{ secret: true },
);

/**
 * A group's id in Chatalo's form: without "@g.us", digits or (groups made before 2022) digits, dash, digits, as in the
 * API reference's Get Group List. An id with the suffix is accepted too.
 */
export const group: Field<string> = groupField({ example: '120363037968000000', hasSuffix: false });

/** Chatalo downloads files from their URL; it accepts no uploads. */
export const fileUrl = addressField({
	displayName: 'File URL',
	name: 'fileUrl',
	example: 'https://example.com/invoice.pdf',
	description: 'Public URL of the image, document or other file to send. Chatalo downloads it from there.',
});

/**
 * Lists come in pages with `page` and `limit` in the query, the default being 15 (API reference: Get Logs, Get Contact
 * List, Get Group List). No maximum is documented; if the provider returns fewer than requested, its last page shows it.
 */
export const chataloPages: Paging = pageNumbers({
	page: 'page',
	size: 'limit',
	maxSize: 100,
	lastPage,
});
