import type { INodeListSearchItems } from 'n8n-workflow';
import { z } from 'zod';
import type { ReadParameter } from '../shared/operations/define/field';
import { type ListLoader, MissingChoice } from '../shared/operations/define/lists';
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

const contacts = z.array(z.object({ number: z.coerce.string(), name: z.string().nullish() }));

/** The devices of the account with name, number and status (API reference: Get Profile). */
export const deviceList: ListLoader = async (send) => {
	const { data } = await send({ method: 'GET', path: '/profile' });
	return profile.parse(data).assigned_devices.map(({ id, name, whatsapp_number, status }) => ({
		name: [name, whatsapp_number, status].filter(Boolean).join(' · ') || id,
		value: id,
	}));
};

/** The groups of the chosen device (API reference: Get Group List). */
export const groupList: ListLoader = (_send, parameter) => ({
	request: { method: 'POST', path: '/groups', json: { device_id: deviceFor(parameter, 'groups') } },
	paging: chataloPages,
	entries: (elements) =>
		byName(
			groups.parse(elements).map(({ id, name, participants }) => {
				const people = participants === 1 ? '1 participant' : `${participants} participants`;
				return { name: participants ? `${name ?? id} · ${people}` : (name ?? id), value: id };
			}),
		),
});

/** The contacts of the chosen device (API reference: Get Contact List). */
export const contactList: ListLoader = (_send, parameter) => ({
	request: { method: 'POST', path: '/contacts', json: { device_id: deviceFor(parameter, 'contacts') } },
	paging: chataloPages,
	entries: (elements) =>
		byName(
			contacts
				.parse(elements)
				.map(({ number, name }) => ({ name: name ? `${name} · ${number}` : number, value: number })),
		),
});

function deviceFor(parameter: ReadParameter, what: string): string {
	const deviceId = parameter('device');
	if (typeof deviceId === 'string' && deviceId !== '') return deviceId;
	throw new MissingChoice(`Choose a device first: each device has its own ${what}`);
}

function byName(entries: INodeListSearchItems[]): INodeListSearchItems[] {
	return entries.sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }));
}
