/*
 * The folders "Contacts" and "Groups" of Wapio. The API reference shows the answer of one of these requests only (Resolve a
 * phone's WhatsApp registration status). Lists come as the provider's own packages expect them: contacts as
 * `{success, data}`, groups as `{status: "success", data}`. The fields in them are inferred. Changes are answered with
 * no body, as the API reference shows.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { png } from '../../samples';
import { Refusal } from '../../types';
import { Fields, invalid, pageOf, phoneOf } from './fields';
import { type Contact, type Group, userJid, wapioAccount } from './seed';
import { empty } from './sessions';
import type { WapioWorld } from './world';

export function directoryRoutes(api: FastifyInstance, world: WapioWorld): void {
	contactRoutes(api, world);
	groupRoutes(api, world);
	participantRoutes(api, world);
}

function contactRoutes(api: FastifyInstance, world: WapioWorld): void {
	api.get('/api/on-whatsapp/:phone', async (request) => {
		world.connected(request);
		const phone = phoneOf(parameter(request, 'phone'));
		const exists = !wapioAccount.notOnWhatsApp.some((absent) => absent === phone);
		return world.wrap({ exists, jid: exists ? userJid(phone) : null });
	});
	api.get('/api/contacts', async (request) => {
		world.sessionOf(request);
		const rows = world.contacts.map(shown);
		if (world.contactsPerPage === null) return { success: true, data: rows };
		const query = new Fields(request.query);
		const page = { limit: world.contactsPerPage, cursor: query.optional('cursor'), cursorName: 'cursor' };
		return { success: true, data: pageOf(rows, ({ jid }) => jid, page) };
	});
	api.put('/api/contacts', async (request, reply) => {
		world.sessionOf(request);
		const fields = new Fields(request.body);
		const phone = phoneOf(fields.text('phone'));
		const name = fields.text('name');
		const contact = world.contacts.find((one) => one.phone === phone);
		if (contact === undefined) world.contacts.push({ phone, name, blocked: false });
		else contact.name = name;
		return await empty(reply);
	});
	api.get('/api/contacts/:phone', async (request) => ({ success: true, data: shown(contactOf(world, request)) }));
	api.get('/api/contacts/:phone/picture', async (request) => {
		world.connected(request);
		const jid = parameter(request, 'phone');
		if (!/^\d+@(s\.whatsapp\.net|lid)$/.test(jid)) throw invalid({ jid: ['Must be a JID'] });
		return { success: true, data: { url: world.context.media.add(png(64, 64, [7, 94, 84]), 'image/png').url } };
	});
	for (const change of ['block', 'unblock'] as const) {
		api.post(`/api/contacts/:phone/${change}`, async (request, reply) => {
			contactOf(world, request).blocked = change === 'block';
			return await empty(reply);
		});
	}
}

function groupRoutes(api: FastifyInstance, world: WapioWorld): void {
	api.get('/api/groups', async (request) => {
		world.sessionOf(request);
		const data = world.groups
			.filter(({ isMember }) => isMember)
			.map(({ id, subject, participants }) => ({ id, subject, size: participants.length }));
		return { status: 'success', data };
	});
	// The API reference shows no body for this answer either; without one the new group could not be used.
	api.post('/api/groups', async (request, reply) => {
		const session = world.connected(request);
		const fields = new Fields(request.body);
		const subject = fields.text('subject');
		const members = participantsOf(fields).map((id) => ({ id, admin: null }));
		const group: Group = {
			id: `1203630000001${String(world.groups.length).padStart(5, '0')}@g.us`,
			subject,
			inviteCode: `SandboxNew${String(world.groups.length).padStart(12, '0')}`,
			isMember: true,
			settings: { announce: false, restrict: false },
			participants: [{ id: userJid(session.phoneNumber ?? '212611111111'), admin: 'superadmin' }, ...members],
		};
		world.groups.push(group);
		return await reply.code(201).send({ success: true, data: detailOf(group) });
	});
	api.get('/api/groups/:group', async (request) => ({ success: true, data: detailOf(groupOf(world, request)) }));
	api.get('/api/groups/:group/metadata', async (request) => {
		const group = groupOf(world, request);
		return { success: true, data: { ...detailOf(group), ...group.settings } };
	});
	api.put('/api/groups/:group/settings', async (request, reply) => {
		const group = groupOf(world, request);
		const fields = new Fields(request.body);
		if (Object.keys(fields.values).length === 0) throw invalid({ settings: ['Required'] });
		fields.flag('announce');
		fields.flag('restrict');
		const { session_id, ...settings } = fields.values;
		void session_id;
		Object.assign(group.settings, settings);
		return await empty(reply);
	});
	api.get('/api/groups/:group/picture', async (request) => {
		groupOf(world, request);
		return { success: true, data: { url: world.context.media.add(png(64, 64, [37, 211, 102]), 'image/png').url } };
	});
	api.get('/api/groups/:group/invite-link', async (request) => {
		const { inviteCode } = groupOf(world, request);
		return {
			success: true,
			data: { invite_code: inviteCode, invite_link: `https://chat.whatsapp.com/${inviteCode}` },
		};
	});
	api.post('/api/groups/:group/leave', async (request, reply) => {
		groupOf(world, request).isMember = false;
		return await empty(reply);
	});
	api.get('/api/groups/invite/:code', async (request) => {
		world.connected(request);
		const { id, subject, participants } = invited(world, parameter(request, 'code'));
		return { success: true, data: { id, subject, size: participants.length } };
	});
	api.post('/api/groups/invite/accept', async (request, reply) => {
		world.connected(request);
		invited(world, new Fields(request.body).text('invite_code')).isMember = true;
		return await empty(reply);
	});
}

function participantRoutes(api: FastifyInstance, world: WapioWorld): void {
	const path = '/api/groups/:group/participants';
	const change =
		(apply: (group: Group, ids: string[]) => void) =>
		async (request: FastifyRequest): Promise<undefined> => {
			const group = groupOf(world, request);
			apply(group, participantsOf(new Fields(request.body)));
		};
	const setAdmin = (admin: 'admin' | null) =>
		change((group, ids) => {
			for (const one of group.participants) if (ids.includes(one.id)) one.admin = admin;
		});
	const add = change((group, ids) => {
		const fresh = ids.filter((id) => !group.participants.some((one) => one.id === id));
		group.participants.push(...fresh.map((id) => ({ id, admin: null })));
	});
	const remove = change((group, ids) => {
		group.participants = group.participants.filter(({ id }) => !ids.includes(id));
	});
	api.get(path, async (request) => ({ success: true, data: groupOf(world, request).participants }));
	for (const [method, url, apply] of [
		['POST', path, add],
		['DELETE', path, remove],
		['POST', `${path}/promote`, setAdmin('admin')],
		['POST', `${path}/demote`, setAdmin(null)],
	] as const) {
		api.route({
			method,
			url,
			handler: async (request, reply) => {
				await apply(request);
				return await empty(reply);
			},
		});
	}
}

function contactOf(world: WapioWorld, request: FastifyRequest): Contact {
	world.sessionOf(request);
	const phone = phoneOf(parameter(request, 'phone'));
	const contact = world.contacts.find((one) => one.phone === phone);
	if (contact !== undefined) return contact;
	throw new Refusal(404, 'Resource not found, or not visible to this caller.');
}

function groupOf(world: WapioWorld, request: FastifyRequest): Group {
	world.connected(request);
	const id = parameter(request, 'group');
	if (!/^[\d-]+@g\.us$/.test(id)) throw invalid({ groupJid: ['Must end with @g.us'] });
	const group = world.groups.find((one) => one.id === id && one.isMember);
	if (group !== undefined) return group;
	throw new Refusal(404, 'Resource not found, or not visible to this caller.');
}

function invited(world: WapioWorld, code: string): Group {
	const group = world.groups.find(({ inviteCode }) => inviteCode === code);
	if (group !== undefined) return group;
	throw new Refusal(404, 'Resource not found, or not visible to this caller.');
}

/** Numbers or JIDs, as WhatsApp writes them. */
function participantsOf(fields: Fields): string[] {
	return fields
		.texts('participants')
		.map((one) => (/^\d+@(s\.whatsapp\.net|lid)$/.test(one) ? one : userJid(phoneOf(one, 'participants'))));
}

function shown({ phone, name, blocked }: Contact): { jid: string } & Record<string, unknown> {
	return { jid: userJid(phone), phone, name, blocked };
}

function detailOf({ id, subject, participants }: Group): Record<string, unknown> {
	return { id, subject, size: participants.length, participants };
}

function parameter(request: FastifyRequest, name: string): string {
	return String((request.params as Record<string, unknown>)[name]);
}
