import { wapioAccount } from '../../../../sandbox';
import { anyString, matching } from '../../../sandbox/client';
import { NUMBER, useCalls } from './calls';

const { groups, inviteCodes, notOnWhatsApp, ownLid, sender } = wapioAccount;
const { sandbox, asSession } = useCalls();

describe('contacts and groups', () => {
	it('say whether a number is on WhatsApp', async () => {
		expect((await asSession('GET', `/api/on-whatsapp/${NUMBER}`)).json).toEqual({
			exists: true,
			jid: `${NUMBER}@s.whatsapp.net`,
		});
		expect((await asSession('GET', `/api/on-whatsapp/${notOnWhatsApp[0]}`)).json).toEqual({
			exists: false,
			jid: null,
		});
	});

	it('resolve numbers and LIDs both ways', async () => {
		expect((await asSession('GET', `/api/pn-from-lid/${sender.lid}%40lid`)).json).toMatchObject({
			success: true,
			data: { pn: `${sender.number}@s.whatsapp.net` },
		});
		expect((await asSession('GET', `/api/lid-from-pn/${sender.number}`)).json).toMatchObject({
			success: true,
			data: { lid: `${sender.lid}@lid` },
		});
		expect((await asSession('GET', '/api/pn-from-lid/1%40lid')).status).toBe(404);
		expect((await asSession('GET', '/api/lid-from-pn/212699999999')).status).toBe(404);
		expect((await asSession('GET', '/api/pn-from-lid/somebody')).status).toBe(404);
		expect((await asSession('GET', '/api/user')).json).toMatchObject({
			data: { id: '212611111111@s.whatsapp.net', lid: `${ownLid}@lid` },
		});
	});

	it('keep contacts', async () => {
		await asSession('PUT', '/api/contacts', { phone: '+212677777777', name: 'Zineb' });
		await asSession('POST', '/api/contacts/212677777777/block');
		expect((await asSession('GET', '/api/contacts/212677777777')).json).toMatchObject({
			success: true,
			data: { name: 'Zineb', blocked: true },
		});
		expect((await asSession('GET', `/api/contacts/${NUMBER}%40s.whatsapp.net/picture`)).json).toMatchObject({
			data: { url: matching(/^http/) },
		});
		expect((await asSession('GET', `/api/contacts/${NUMBER}/picture`)).status).toBe(422);
		expect((await asSession('GET', '/api/contacts/212688888888')).status).toBe(404);
	});

	it('give contacts in pages when asked to', async () => {
		sandbox().control.configure('wapio', { contactsPerPage: 20 });
		const { json } = await asSession('GET', '/api/contacts');
		const { data, next_cursor } = (json as { data: { data: unknown[]; next_cursor: string } }).data;
		const rest = (await asSession('GET', `/api/contacts?cursor=${encodeURIComponent(next_cursor)}`)).json;
		expect(data).toHaveLength(20);
		expect(rest).toMatchObject({ data: { data: { length: 5 }, next_cursor: null } });
	});

	it('change a group', async () => {
		const path = `/api/groups/${encodeURIComponent(groups.family)}`;
		const participants = ['212600000007', '212600000008@s.whatsapp.net'];
		await asSession('POST', `${path}/participants`, { participants });
		await asSession('POST', `${path}/participants/promote`, { participants: participants.slice(0, 1) });
		await asSession('DELETE', `${path}/participants`, { participants: participants.slice(1) });
		const { json } = await asSession('GET', `${path}/participants`);
		expect((json as { data: unknown[] }).data.at(-1)).toEqual({
			id: '212600000007@s.whatsapp.net',
			admin: 'admin',
		});
		await asSession('PUT', `${path}/settings`, { announce: true });
		expect((await asSession('GET', `${path}/metadata`)).json).toMatchObject({
			data: { announce: true, restrict: false },
		});
	});

	it('are created, left and joined', async () => {
		const created = await asSession('POST', '/api/groups', { subject: 'Trip', participants: [NUMBER] });
		expect([created.status, created.json]).toMatchObject([201, { data: { subject: 'Trip', size: 2 } }]);
		expect((await asSession('GET', `/api/groups/invite/${inviteCodes.outside}`)).json).toMatchObject({
			data: { id: groups.outside },
		});
		await asSession('POST', '/api/groups/invite/accept', { invite_code: inviteCodes.outside });
		await asSession('POST', `/api/groups/${encodeURIComponent(groups.team)}/leave`);
		const { json } = await asSession('GET', '/api/groups');
		expect(json).toMatchObject({ status: 'success' });
		expect((json as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual([
			groups.family,
			groups.outside,
			anyString,
		]);
	});
});
