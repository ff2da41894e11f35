import type { IDataObject } from 'n8n-workflow';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { wholeList } from '../../shared/operations/define/paging';
import { listUtmMarks } from '../api/requests';

/** API reference: folder v1, UTM tags. Its example is an empty list; that a mark may be plain text is inferred. */
const getMany = defineOperation({
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many UTM marks',
	description: 'Get the UTM marks (labels for your messages) of the account',
	effect: 'read',
	fields: {},
	paging: wholeList,
	request: () => listUtmMarks,
	output: (marks) =>
		(marks as unknown[]).map((mark) =>
			typeof mark === 'object' && mark !== null ? (mark as IDataObject) : { utm_mark: mark as string },
		),
});

export const utmMark: Resource = { value: 'utmMark', name: 'UTM Mark', operations: [getMany] };
