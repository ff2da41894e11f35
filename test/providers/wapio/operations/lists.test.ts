import type { INodeParameters } from 'n8n-workflow';
import { wapioAccount } from '../../../../sandbox';
import { credentialFor, keyCredentialFor } from '../bench';
import { useOperations } from './calls';

const { pat, sessions, groups } = wapioAccount;
const { bench, baseUrl } = useOperations();

describe('choices loaded from the account', () => {
	const list = async (
		method: string,
		filter?: string,
		credential = credentialFor(baseUrl()),
		parameters: INodeParameters = {},
	) =>
		await bench().engine.listSearch({
			type: 'wapio',
			parameters,
			method,
			filter,
			credentials: { wapioApi: credential },
		});

	it('sessions show label, number and status', async () => {
		const { results } = await list('searchSessions');
		expect(results.map(({ value }) => value)).toEqual([
			sessions.connected,
			sessions.disconnected,
			sessions.pending,
		]);
		expect(results[0]?.name).toBe('Shop · 212611111111 · connected');
		expect((await list('searchSessions', 'support')).results.map(({ value }) => value)).toEqual([
			sessions.disconnected,
		]);
	});

	it('sessions of all pages can be found', async () => {
		bench().sandbox.control.configure('wapio', { moreSessions: 150 });
		expect((await list('searchSessions', 'Branch 155')).results).toHaveLength(1);
	});

	it('groups and contacts belong to the session', async () => {
		expect((await list('searchGroups')).results.map(({ value }) => value).sort()).toEqual([
			groups.family,
			groups.team,
		]);
		expect((await list('searchContacts', 'Youssef')).results[0]).toMatchObject({ value: '212600000002' });
		expect((await list('searchGroups', undefined, keyCredentialFor(baseUrl()))).results).toHaveLength(2);
		await expect(list('searchGroups', undefined, { token: pat, baseUrl: baseUrl() })).rejects.toThrow(/[Ss]ession/);
	});

	it('a wrong token is reported instead of an empty list', async () => {
		await expect(list('searchSessions', undefined, { token: 'bps_pat_wrong', baseUrl: baseUrl() })).rejects.toThrow(
			'Wapio did not accept the credential',
		);
	});
});
