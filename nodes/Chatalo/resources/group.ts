import type { IDataObject } from 'n8n-workflow';
import { withPhone } from '../../shared/messaging/phoneOutput';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { each } from '../../shared/operations/define/outputFields';
import { timeOf } from '../../shared/trigger/event/payload';
import { chataloPages, device, group as groupId } from '../chatalo.fields';

/** API reference: folder Group, Get Group List. */
const getMany = defineOperation({
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many groups',
	description: 'Get the groups of a device, with their IDs, names and number of participants',
	effect: 'read',
	fields: { device },
	paging: chataloPages,
	request: (values) => ({ method: 'POST', path: '/groups', json: { device_id: values.device } }),
});

/** API reference: folder Group, Get Group Detail. */
const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get a group and its participants',
	description: 'Get the details of a group and all its participants',
	effect: 'read',
	fields: { device, group: groupId },
	request: (values) => ({
		method: 'POST',
		path: '/groups/detail',
		json: { device_id: values.device, group_id: values.group },
	}),
	output: each(readable),
});

/** API reference: `creation` in Unix seconds, and a `number` for each participant. */
function readable(found: IDataObject): IDataObject {
	const { creation, participants } = found;
	return {
		...found,
		...(creation === undefined ? {} : { creation: timeOf(creation, 'Z') ?? creation }),
		...(Array.isArray(participants)
			? { participants: each((person) => withPhone(person, 'number'))(participants) }
			: {}),
	};
}

export const group: Resource = { value: 'group', name: 'Group', operations: [getMany, get] };
