import { z } from 'zod';
import { MissingChoice, type ListLoader } from '../shared/operations/lists';
import { collectPages } from '../shared/operations/paging';
import { chataloPages } from './chatalo.fields';

const profile = z.object({
	assigned_devices: z
		.array(
			z.object({
				id: z.string(),
				name: z.string().nullish(),
				whatsapp_number: z.coerce.string().nullish(),
				status: z.string().nullish(),
			}),
		)
		.default([]),
});

const groups = z.array(
	z.object({
		id: z.coerce.string(),
		name: z.string().nullish(),
		participants: z.coerce.number().nullish(),
	}),
);

/** The devices of the account with name, number and status (collection: Get Profile). */
export const deviceList: ListLoader = async (send) => {
	const { data } = await send({ method: 'GET', path: '/profile' });
	return profile.parse(data).assigned_devices.map(({ id, name, whatsapp_number, status }) => ({
		name: [name, whatsapp_number, status].filter(Boolean).join(' · ') || id,
		value: id,
	}));
};

/** The groups of the chosen device (collection: Get Group List). */
export const groupList: ListLoader = async (send, parameter) => {
	const deviceId = parameter('device');
	if (typeof deviceId !== 'string' || deviceId === '') {
		throw new MissingChoice('Choose a device first: groups belong to a device');
	}
	const request = { method: 'POST' as const, path: '/groups', json: { device_id: deviceId } };
	const found = groups.parse(await collectPages(send, request, chataloPages, undefined));
	return found
		.map(({ id, name, participants }) => {
			const people = participants === 1 ? '1 participant' : `${participants} participants`;
			return { name: participants ? `${name ?? id} · ${people}` : (name ?? id), value: id };
		})
		.sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }));
};
