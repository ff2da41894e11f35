import type { IDataObject } from 'n8n-workflow';
import { type GatewayRequest, path } from '../../shared/http/request';
import { defaultCountryOption, optionsField } from '../../shared/messaging/fields/options';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { groupOutput } from '../api/outputs';
import { unpagedList } from '../api/pages';
import { forSession, listGroups } from '../api/requests';
import { groupName, groupSettings, inviteCode } from '../fields/groupSettings';
import { group as chosenGroup, participants } from '../fields/recipients';
import { leavingSession, session } from '../fields/session';

const options = optionsField([defaultCountryOption]);
const oneGroup = { session, group: chosenGroup };
const memberFields = { ...oneGroup, participants, options };

/** API reference: folder Groups, List groups. */
const getMany = defineOperation({
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many groups',
	description: 'Get the groups that the session is a member of',
	effect: 'read',
	fields: { session },
	paging: unpagedList,
	request: (values) => listGroups(values.session),
	output: groupOutput,
});

/** API reference: folder Groups, Create a group. */
const create = defineOperation({
	value: 'create',
	name: 'Create',
	action: 'Create a group',
	description: 'Create a group with its first members',
	effect: 'change',
	fields: { session, name: groupName, participants, options },
	request: (values) =>
		forSession(values.session, {
			method: 'POST',
			path: '/api/groups',
			json: { subject: values.name, participants: values.participants },
		}),
	output: groupOutput,
});

/** API reference: folder Groups, Get a group. */
const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get a group',
	description: 'Get a group as Wapio knows it; use Get Metadata for the data from WhatsApp itself',
	effect: 'read',
	fields: oneGroup,
	request: (values) => forSession(values.session, { method: 'GET', path: path`/api/groups/${values.group}` }),
	output: groupOutput,
});

/** API reference: folder Groups, Get group metadata. */
const getMetadata = defineOperation({
	value: 'getMetadata',
	name: 'Get Metadata',
	action: 'Get the metadata of a group',
	description: 'Get the data that WhatsApp itself has about a group',
	effect: 'read',
	fields: oneGroup,
	request: (values) =>
		forSession(values.session, { method: 'GET', path: path`/api/groups/${values.group}/metadata` }),
	output: groupOutput,
});

/** API reference: folder Groups, List group participants. */
const getParticipants = defineOperation({
	value: 'getParticipants',
	name: 'Get Participants',
	action: 'Get the participants of a group',
	description: 'Get the members of a group, one item per member',
	effect: 'read',
	fields: oneGroup,
	paging: unpagedList,
	request: (values) =>
		forSession(values.session, { method: 'GET', path: path`/api/groups/${values.group}/participants` }),
});

interface MemberValues {
	session: string | undefined;
	group: string;
	participants: string[];
}

/** The four requests that change participants differ only in method and ending. */
function withParticipants(
	{ session: id, group, participants: members }: MemberValues,
	method: GatewayRequest['method'],
	ending: '' | '/promote' | '/demote',
): GatewayRequest {
	const json: IDataObject = { participants: members };
	return forSession(id, { method, path: path`/api/groups/${group}/participants` + ending, json });
}

/** API reference: folder Groups, Add group participants. */
const addParticipants = defineOperation({
	value: 'addParticipants',
	name: 'Add Participants',
	action: 'Add participants to a group',
	description: 'Add people to a group. The session must be a group admin.',
	effect: 'change',
	fields: memberFields,
	request: (values) => withParticipants(values, 'POST', ''),
});

/** API reference: folder Groups, Remove group participants: a DELETE with a body. */
const removeParticipants = defineOperation({
	value: 'removeParticipants',
	name: 'Remove Participants',
	action: 'Remove participants from a group',
	description: 'Remove people from a group. The session must be a group admin.',
	effect: 'change',
	destructive: ['group', 'participants'],
	fields: memberFields,
	request: (values) => withParticipants(values, 'DELETE', ''),
});

/** API reference: folder Groups, Promote participants to admin. */
const promoteParticipants = defineOperation({
	value: 'promoteParticipants',
	name: 'Promote Participants',
	action: 'Promote participants to admin',
	description: 'Make members of a group admins. The session must be a group admin.',
	effect: 'change',
	fields: memberFields,
	request: (values) => withParticipants(values, 'POST', '/promote'),
});

/** API reference: folder Groups, Demote participants from admin. */
const demoteParticipants = defineOperation({
	value: 'demoteParticipants',
	name: 'Demote Participants',
	action: 'Demote admins of a group',
	description: 'Make admins of a group regular members again. The session must be a group admin.',
	effect: 'change',
	fields: memberFields,
	request: (values) => withParticipants(values, 'POST', '/demote'),
});

/** API reference: folder Groups, Update group settings, whose body it shows as keys with values. */
const updateSettings = defineOperation({
	value: 'updateSettings',
	name: 'Update Settings',
	action: 'Update the settings of a group',
	description: 'Set who can send messages in a group and who can edit it. The session must be a group admin.',
	effect: 'change',
	fields: { ...oneGroup, settings: groupSettings },
	request: (values) =>
		forSession(values.session, {
			method: 'PUT',
			path: path`/api/groups/${values.group}/settings`,
			json: values.settings,
			repeatable: true,
		}),
});

/** API reference: folder Groups, Get the group's profile picture URL. */
const getPicture = defineOperation({
	value: 'getPicture',
	name: 'Get Picture',
	action: 'Get the picture of a group',
	description: 'Get the URL of the picture of a group',
	effect: 'read',
	fields: oneGroup,
	request: (values) => forSession(values.session, { method: 'GET', path: path`/api/groups/${values.group}/picture` }),
});

/** API reference: folder Groups, Get the group's invite link. */
const getInviteLink = defineOperation({
	value: 'getInviteLink',
	name: 'Get Invite Link',
	action: 'Get the invite link of a group',
	description: 'Get the link that people use to join a group',
	effect: 'read',
	fields: oneGroup,
	request: (values) =>
		forSession(values.session, { method: 'GET', path: path`/api/groups/${values.group}/invite-link` }),
});

/** API reference: folder Groups, Leave a group. */
const leave = defineOperation({
	value: 'leave',
	name: 'Leave',
	action: 'Leave a group',
	description: 'Remove the session from a group',
	effect: 'change',
	destructive: ['group'],
	fields: { session: leavingSession, group: chosenGroup },
	request: (values) => forSession(values.session, { method: 'POST', path: path`/api/groups/${values.group}/leave` }),
});

/** API reference: folder Groups, Resolve a group invite code. */
const getInvite = defineOperation({
	value: 'getInvite',
	name: 'Get Invite',
	action: 'Look up a group invite',
	description: 'Get the group that an invite link or code leads to, without joining it',
	effect: 'read',
	fields: { session, inviteCode },
	request: (values) =>
		forSession(values.session, { method: 'GET', path: path`/api/groups/invite/${values.inviteCode}` }),
	output: groupOutput,
});

/** API reference: folder Groups, Accept a group invite code. */
const acceptInvite = defineOperation({
	value: 'acceptInvite',
	name: 'Accept Invite',
	action: 'Join a group with an invite',
	description: 'Join a group with its invite link or code',
	effect: 'change',
	fields: { session, inviteCode },
	request: (values) =>
		forSession(values.session, {
			method: 'POST',
			path: '/api/groups/invite/accept',
			json: { invite_code: values.inviteCode },
		}),
});

export const group: Resource = {
	value: 'group',
	name: 'Group',
	operations: [
		getMany,
		create,
		get,
		getMetadata,
		getParticipants,
		addParticipants,
		removeParticipants,
		promoteParticipants,
		demoteParticipants,
		updateSettings,
		getPicture,
		getInviteLink,
		leave,
		getInvite,
		acceptInvite,
	],
};
