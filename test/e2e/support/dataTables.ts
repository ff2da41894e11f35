/* Data Tables of a real n8n, as its editor reads and fills them. */
import type { N8nApi } from '../../../scripts/n8n/api';

/** A row of a Data Table: its columns, and those that n8n adds. */
export type Row = Record<string, unknown> & { id: number };

interface DataTable {
	id: string;
	name: string;
	projectId: string;
}

/** How many rows n8n returns at once. */
const PAGE = 250;

/** The table with this name, or undefined where there is none. */
async function find(api: N8nApi, name: string): Promise<DataTable | undefined> {
	const filter = encodeURIComponent(JSON.stringify({ name }));
	const { data } = await api.request<{ data: DataTable[] }>('GET', `/data-tables-global?filter=${filter}`);
	return data.find((table) => table.name === name);
}

/** All rows of a table, in the order in which they were stored; none where there is no such table. */
export async function rowsOf(api: N8nApi, name: string): Promise<Row[]> {
	const table = await find(api, name);
	if (table === undefined) return [];
	const rows: Row[] = [];
	for (;;) {
		const page = `take=${PAGE}&skip=${rows.length}&sortBy=id:asc`;
		const path = `/projects/${table.projectId}/data-tables/${table.id}/rows?${page}`;
		const { data, count } = await api.request<{ data: Row[]; count: number }>('GET', path);
		rows.push(...data);
		if (data.length === 0 || rows.length >= count) return rows;
	}
}

/** Deletes a table with its rows. */
export async function dropTable(api: N8nApi, name: string): Promise<void> {
	const table = await find(api, name);
	if (table) await api.request('DELETE', `/projects/${table.projectId}/data-tables/${table.id}`);
}
