import type { Resource } from '../../shared/operations/gateway';
import { defineOperation } from '../../shared/operations/operation';
import { chataloPages, device, group as groupId } from '../chatalo.fields';

/** Collection: folder Group, Get Group List. */
export const getMany = defineOperation({
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many groups',
	description: 'Get the groups of a device, with ID, name and number of participants',
	effect: 'read',
	fields: { device },
	paging: chataloPages,
	request: ({ device: id }) => ({ method: 'POST', path: '/groups', json: { device_id: id } }),
});

/** Collection: folder Group, Get Group Detail. */
export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get a group',
	description: 'Get the details of a group and all its participants',
	effect: 'read',
	fields: { device, group: groupId },
	request: ({ device: id, group: group_id }) => ({
		method: 'POST',
		path: '/groups/detail',
		json: { device_id: id, group_id },
	}),
});

export const group: Resource = { value: 'group', name: 'Group', operations: [getMany, get] };
