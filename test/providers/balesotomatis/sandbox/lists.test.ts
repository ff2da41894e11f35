import { balesOtomatisAccount } from '../../../../sandbox';
import { type Answer, anyString, matching } from '../../../sandbox/client';
import { no, useCalls } from './calls';

const { numbers, groups, longList } = balesOtomatisAccount;
const { call } = useCalls();

describe('lists', () => {
	const rows = ({ json }: Answer): Record<string, unknown>[] => (json as { data: Record<string, unknown>[] }).data;

	it('contact lists have the fields of the example, and totals that are text', async () => {
		const answer = await call('/get-list-contacts', {
			start: 0,
			length: 10,
			search: '',
			order_by: 'contacts_created_at',
			order_dir: 'desc',
		});
		expect(answer.json).toMatchObject({ code: '200', draw: 0, iTotalRecords: '232', iTotalDisplayRecords: '232' });
		expect(Object.keys(rows(answer)[0] ?? {})).toEqual([
			'contacts_id',
			'contacts_name',
			'contacts_type',
			'contacts_type_defined',
			'contacts_audience',
			'contacts_created_at',
			'contacts_last_updated',
		]);
		expect(rows(answer)[0]?.contacts_created_at).toMatch(/^\d+ [A-Z][a-z]{2} 20\d\d \d\d:\d\d WIB$/);
	});

	it('contact lists are cut, searched and sorted', async () => {
		expect(rows(await call('/get-list-contacts', { start: 230, length: 10 }))).toHaveLength(2);
		expect(rows(await call('/get-list-contacts', { start: 0, length: 5000 }))).toHaveLength(100);
		const found = await call('/get-list-contacts', {
			search: 'sari',
			order_by: 'contacts_name',
			order_dir: 'asc',
			length: 100,
		});
		expect(found.json).toMatchObject({ iTotalRecords: '232', iTotalDisplayRecords: String(rows(found).length) });
		const names = rows(found).map(({ contacts_name }) => String(contacts_name));
		expect(names.every((name) => name.includes('Sari'))).toBe(true);
		expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other)));
	});

	it('audiences are requested the way a table widget does', async () => {
		const columns = [{ data: 'name' }, { data: 'wa_number' }, { data: 'status' }, { data: 'date_insert' }];
		const ask = {
			contact_id: longList,
			draw: 3,
			start: 0,
			length: 10,
			search: { value: 'jono' },
			order: [{ column: 3, dir: 'desc' }],
			columns,
		};
		const answer = await call('/get-list-audiences', ask);
		expect(answer.json).toMatchObject({ draw: 3, iTotalRecords: '222', iTotalDisplayRecords: '32' });
		expect(rows(answer)[0]).toEqual({
			audience_id: anyString,
			name: 'Jono 218',
			wa_number: anyString,
			status: 'not_checked',
			status_defined: 'Pending',
			date_insert: anyString,
			custom_fields: [],
		});
		expect((await call('/get-list-audiences', { ...ask, contact_id: 'none' })).json).toEqual(
			no('405', matching(/contact_id$/)),
		);
	});

	it('grabs contacts as a list and groups by their id', async () => {
		expect(rows(await call('/grab', { number_id: numbers.connected, type: 'contacts' }))[0]).toEqual({
			name: 'Jono 1',
			whatsapp_number: '6281200000001',
		});
		const { json } = await call('/grab', { number_id: numbers.connected, type: 'group' });
		expect(json).toMatchObject({
			message: 'Received (3) Groups',
			data: { [groups.first]: { id: groups.first, participants: matchingArray() } },
		});
	});
});

const matchingArray = (): unknown =>
	expect.arrayContaining([expect.objectContaining({ groupid: groups.first, role: 'admin' })]);
