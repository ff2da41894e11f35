/** How a menu groups what can be played. */
export const GROUPS = [
	'messages',
	'answers',
	'files',
	'trade',
	'edits and reactions',
	'statuses',
	'calls',
	'notices',
] as const;

export type Group = (typeof GROUPS)[number];

/** Something the sandbox can play by name. */
export interface Kind {
	name: string;
	group: Group;
	/** One short sentence for a menu. */
	says: string;
}

/** A table of kinds: one line each, by name. */
export type KindTable<Row> = Readonly<Record<string, Row & { group: Group; says: string }>>;

/** Puts all rows of a table into one group. */
export function grouped<Row extends { says: string }>(
	group: Group,
	rows: Readonly<Record<string, Row>>,
): KindTable<Row> {
	return Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, { ...row, group }]));
}

/** The names of a table with their sentences, for a menu. */
export function kindsOf(table: KindTable<object>): Kind[] {
	return Object.entries(table).map(([name, { group, says }]) => ({ name, group, says }));
}
