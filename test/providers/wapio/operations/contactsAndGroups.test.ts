import type { IDataObject } from 'n8n-workflow';
import { wapioAccount } from '../../../../sandbox';
import { byId } from '../bench';
import { NUMBER, useOperations } from './calls';

const { groups, inviteCodes, notOnWhatsApp, sessions } = wapioAccount;
const { bench, run, only } = useOperations();

describe('contacts', () => {
	const contact = (operation: string, more: IDataObject = {}) => ({ resource: 'contact', operation, ...more });
	const rows = async (more: IDataObject) =>
		(await run(contact('getMany', more))).outputs[0]?.map(({ json }) => json.phone) ?? [];

	it('come all at once, or in pages', async () => {
		expect(await rows({ returnAll: true })).toHaveLength(25);
		expect(await rows({ returnAll: false, limit: 4 })).toHaveLength(4);
		bench().sandbox.control.configure('wapio', { contactsPerPage: 10 });
		const found = await rows({ returnAll: true });
		expect([found.length, new Set(found).size]).toEqual([25, 25]);
		expect(await rows({ returnAll: false, limit: 12 })).toHaveLength(12);
	});

	it('are saved, read and blocked', async () => {
		expect(await only(contact('upsert', { phoneNumber: '+212 677-777777', name: 'Zineb' }))).toEqual({
			success: true,
		});
		expect(await only(contact('block', { contact: byId('212677777777') }))).toEqual({ success: true });
		expect(await only(contact('get', { contact: byId('+212 677 777 777') }))).toMatchObject({
			name: 'Zineb',
			blocked: true,
		});
		await only(contact('unblock', { contact: byId('212677777777') }));
		expect(await only(contact('get', { contact: byId('212677777777') }))).toMatchObject({ blocked: false });
		expect(await only(contact('getPicture', { contact: byId('212677777777') }))).toMatchObject({
			url: expect.stringMatching(/^http/) as string,
		});
	});

	it('that is not there is a refusal', async () => {
		expect((await run(contact('get', { contact: byId('212688888888') }))).error?.message).toContain(
			'Resource not found',
		);
	});

	it('say who is on WhatsApp', async () => {
		expect(await only(contact('checkNumber', { phoneNumber: NUMBER }))).toEqual({
			phone: NUMBER,
			exists: true,
			jid: `${NUMBER}@s.whatsapp.net`,
		});
		expect(await only(contact('checkNumber', { phoneNumber: notOnWhatsApp[0] }))).toEqual({
			phone: notOnWhatsApp[0],
			exists: false,
			jid: null,
		});
	});
});

describe('groups', () => {
	const group = (operation: string, more: IDataObject = {}) => ({
		resource: 'group',
		operation,
		group: byId(groups.family),
		...more,
	});
	const people = (...numbers: string[]) => ({
		participants: { participant: numbers.map((phoneNumber) => ({ phoneNumber })) },
	});
	const members = async () => (await run(group('getParticipants'))).outputs[0]?.map(({ json }) => json) ?? [];

	it('are listed, created and read', async () => {
		const listed = await run({ resource: 'group', operation: 'getMany', returnAll: true });
		expect(listed.outputs[0]?.map(({ json }) => json.id)).toEqual([groups.family, groups.team]);
		const created = await only({ resource: 'group', operation: 'create', name: 'Trip', ...people(NUMBER) });
		expect(await only({ resource: 'group', operation: 'get', group: byId(created?.id as string) })).toMatchObject({
			name: 'Trip',
			size: 2,
		});
	});

	it('gain, lose, raise and lower participants', async () => {
		await only(group('addParticipants', people('+212 600-000007', '212600000008')));
		await only(group('promoteParticipants', people('212600000007', '212600000008')));
		await only(group('demoteParticipants', people('212600000008')));
		await only(group('removeParticipants', people('212600000002', '212600000003')));
		expect((await members()).map(({ id, admin }) => [id, admin])).toEqual([
			['212611111111@s.whatsapp.net', 'superadmin'],
			['212600000007@s.whatsapp.net', 'admin'],
			['212600000008@s.whatsapp.net', null],
		]);
	});

	it('have settings, a picture and an invite link', async () => {
		await only(
			group('updateSettings', {
				settings: { onlyAdminsSend: true },
				otherSettings: { setting: [{ key: 'locked', value: 'true' }] },
			}),
		);
		expect(await only(group('getMetadata'))).toMatchObject({ announce: true, restrict: false, locked: true });
		expect(await only(group('getPicture'))).toMatchObject({ url: expect.stringMatching(/^http/) as string });
		expect(await only(group('getInviteLink'))).toMatchObject({
			invite_link: `https://chat.whatsapp.com/${inviteCodes.family}`,
		});
	});

	it('are joined by a code or its link, and left', async () => {
		const link = `https://chat.whatsapp.com/${inviteCodes.outside}?mode=ac_t`;
		expect(await only({ resource: 'group', operation: 'getInvite', inviteCode: link })).toMatchObject({
			id: groups.outside,
		});
		await only({ resource: 'group', operation: 'acceptInvite', inviteCode: link });
		const refused = await run(group('leave'));
		expect(refused.error?.message).toMatch(/^Session: choose a session/);
		await only(group('leave', { session: byId(sessions.connected) }));
		const listed = await run({ resource: 'group', operation: 'getMany', returnAll: true });
		expect(listed.outputs[0]?.map(({ json }) => json.id)).toEqual([groups.team, groups.outside]);
	});
});
