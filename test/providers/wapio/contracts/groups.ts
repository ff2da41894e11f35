/** Contracts of the folder "Groups" of Wapio, typed by hand from its API reference, which shows no bodies of answers. */
import type { Contract } from '../../../contracts/types';
import {
	contract,
	empty,
	GROUP,
	group,
	GROUP_PATH,
	notFound,
	ok,
	OTHER_PHONE,
	PHONE,
	refusedInside,
	request,
	withAccount,
} from './samples';

const detail = { id: GROUP, subject: 'Family', size: 3 };
/** As output: the field for a group's name is the same for all providers. */
const detailOut = { id: GROUP, name: 'Family', size: 3 };
const members = [
	{ id: `${PHONE}@s.whatsapp.net`, admin: 'superadmin' },
	{ id: `${OTHER_PHONE}@s.whatsapp.net`, admin: null },
];
const two = { participant: [{ phoneNumber: '+212 600-000000' }, { phoneNumber: OTHER_PHONE }] };
const participants = [PHONE, OTHER_PHONE];
const onGroup = { group };
const inferred = { inferred: true } as const;

/** A request about some of a group's participants. */
const people = (name: string, operation: string, method: 'POST' | 'DELETE', path: string): Contract =>
	contract(`Groups / ${name}`, 'group', operation, {
		parameters: { group, participants: two },
		request: request(method, `${GROUP_PATH}/participants${path}`, { json: { participants } }),
		answers: [empty(), { ...notFound, ...inferred }],
	});

const list = contract('Groups / List groups', 'group', 'getMany', {
	parameters: { returnAll: true },
	request: request('GET', '/api/groups'),
	answers: [
		ok({ status: 'success', data: [detail] }, [detailOut], inferred),
		ok({ success: true, data: [detail] }, [detailOut], { name: '200 OK, success as a boolean', ...inferred }),
		refusedInside,
	],
});
const get = contract('Groups / Get a group', 'group', 'get', {
	parameters: onGroup,
	request: request('GET', GROUP_PATH),
	answers: [ok({ success: true, data: detail }, [detailOut], inferred), { ...notFound, ...inferred }],
});
const remove = people('Remove group participants', 'removeParticipants', 'DELETE', '');
const settings = contract('Groups / Update group settings', 'group', 'updateSettings', {
	parameters: {
		group,
		settings: {},
		otherSettings: {
			setting: [
				{ key: 'key_0', value: '712' },
				{ key: 'key_1', value: '1965.9932915115264' },
			],
		},
	},
	request: request('PUT', `${GROUP_PATH}/settings`, { json: { key_0: 712, key_1: 1965.9932915115264 } }),
	answers: [empty()],
});

/** Requests of the folder. */
export const wapioGroupContracts: Contract[] = [
	list,
	withAccount(list),
	contract('Groups / Create a group', 'group', 'create', {
		parameters: { name: 'Family', participants: two },
		request: request('POST', '/api/groups', { json: { subject: 'Family', participants } }),
		answers: [
			empty(201),
			{
				name: '201 with the group',
				status: 201,
				body: { success: true, data: detail },
				...inferred,
				output: [detailOut],
			},
		],
	}),
	get,
	withAccount(get),
	contract('Groups / Get group metadata', 'group', 'getMetadata', {
		parameters: onGroup,
		request: request('GET', `${GROUP_PATH}/metadata`),
		answers: [ok({ success: true, data: detail }, [detailOut], inferred)],
	}),
	contract('Groups / List group participants', 'group', 'getParticipants', {
		parameters: { ...onGroup, returnAll: true },
		request: request('GET', `${GROUP_PATH}/participants`),
		answers: [ok({ success: true, data: members }, members, inferred)],
	}),
	people('Add group participants', 'addParticipants', 'POST', ''),
	remove,
	withAccount(remove),
	people('Promote participants to admin', 'promoteParticipants', 'POST', '/promote'),
	people('Demote participants from admin', 'demoteParticipants', 'POST', '/demote'),
	settings,
	withAccount(settings),
	contract('Groups / Update group settings', 'group', 'updateSettings', {
		variant: 'the switches that WhatsApp has, and values of other kinds',
		parameters: {
			group,
			settings: { onlyAdminsSend: true, onlyAdminsEdit: false },
			otherSettings: {
				setting: [
					{ key: 'ephemeral', value: 'off' },
					{ key: 'locked', value: 'true' },
				],
			},
		},
		request: request('PUT', `${GROUP_PATH}/settings`, {
			json: { announce: true, restrict: false, ephemeral: 'off', locked: true },
		}),
		answers: [empty()],
	}),
	contract("Groups / Get the group's profile picture URL", 'group', 'getPicture', {
		parameters: onGroup,
		request: request('GET', `${GROUP_PATH}/picture`),
		answers: [
			ok(
				{ success: true, data: { url: 'https://pps.whatsapp.net/g.jpg' } },
				[{ url: 'https://pps.whatsapp.net/g.jpg' }],
				inferred,
			),
		],
	}),
	contract("Groups / Get the group's invite link", 'group', 'getInviteLink', {
		parameters: onGroup,
		request: request('GET', `${GROUP_PATH}/invite-link`),
		answers: [
			ok(
				{ success: true, data: { invite_link: 'https://chat.whatsapp.com/AbCdEf' } },
				[{ invite_link: 'https://chat.whatsapp.com/AbCdEf' }],
				inferred,
			),
		],
	}),
	contract('Groups / Leave a group', 'group', 'leave', {
		parameters: onGroup,
		request: request('POST', `${GROUP_PATH}/leave`),
		answers: [empty()],
	}),
	contract('Groups / Resolve a group invite code', 'group', 'getInvite', {
		parameters: { inviteCode: 'AbCdEfGhIjKlMnOpQrStUv' },
		request: request('GET', '/api/groups/invite/AbCdEfGhIjKlMnOpQrStUv'),
		answers: [ok({ success: true, data: detail }, [detailOut], inferred)],
	}),
	contract('Groups / Resolve a group invite code', 'group', 'getInvite', {
		variant: 'from its link',
		parameters: { inviteCode: 'https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv' },
		request: request('GET', '/api/groups/invite/AbCdEfGhIjKlMnOpQrStUv'),
		answers: [ok({ success: true, data: detail }, [detailOut], inferred)],
	}),
	contract('Groups / Accept a group invite code', 'group', 'acceptInvite', {
		parameters: { inviteCode: 'AbCdEfGhIjKlMnOpQrStUv' },
		request: request('POST', '/api/groups/invite/accept', { json: { invite_code: 'AbCdEfGhIjKlMnOpQrStUv' } }),
		answers: [empty()],
	}),
];
