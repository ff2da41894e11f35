/* Reading what n8n stores of an execution. */

/** An item that a node returned. */
export interface OutputItem {
	json: Record<string, unknown>;
}

interface RunData {
	/** When an execution that waits goes on; kept in the data for as long as it waits. */
	waitTill?: unknown;
	resultData: {
		runData: Record<string, Array<{ data?: { main?: Array<OutputItem[] | null> } }> | undefined>;
		lastNodeExecuted?: string;
		error?: unknown;
	};
}

/**
 * Reads an execution's data; undefined where n8n has stored none yet.
 *
 * @param data as n8n's REST interface returns it: a table in which every text inside an object or a list is
 * the place of its value (the format of the library flatted)
 */
function parse(data: string): RunData | undefined {
	const table = JSON.parse(data) as unknown[];
	const made = new Map<number, unknown>();
	const at = (place: number): unknown => {
		const entry = table[place];
		if (typeof entry !== 'object' || entry === null) return entry;
		if (made.has(place)) return made.get(place);
		const whole: Record<string, unknown> | unknown[] = Array.isArray(entry) ? [] : {};
		made.set(place, whole);
		for (const [key, value] of Object.entries(entry)) {
			Object.assign(whole, { [key]: typeof value === 'string' ? at(Number(value)) : (value as unknown) });
		}
		return whole;
	};
	return at(0) as RunData | undefined;
}

/** The items of a node's last run; none if it did not run. */
export function itemsOf(data: string, node: string, output = 0): OutputItem[] {
	return parse(data)?.resultData.runData[node]?.at(-1)?.data?.main?.[output] ?? [];
}

/**
 * Whether this is the data of an execution that waits, or of one that has ended. n8n 1.123 stores an execution's new
 * status first and its data after that, so for a moment a finished execution shows the data from before: an empty
 * table, or the data of its wait.
 */
export function isDataOf(state: 'waiting' | 'ended', data: string): boolean {
	const stored = parse(data);
	if (stored === undefined) return false;
	const { waitTill, resultData } = stored;
	if (state === 'waiting') return waitTill !== undefined;
	return waitTill === undefined && (resultData.lastNodeExecuted !== undefined || resultData.error !== undefined);
}
