/** An item that a node put out. */
export interface OutputItem {
	json: Record<string, unknown>;
}

interface RunData {
	resultData: { runData: Record<string, Array<{ data?: { main?: Array<OutputItem[] | null> } }> | undefined> };
}

/**
 * What a node put out in its last run; nothing if it did not run.
 *
 * @param data of an execution, as n8n's REST interface gives it: a table in which every text inside an object or a list is
 * the place of its value (the format of the library flatted)
 */
export function itemsOf(data: string, node: string, output = 0): OutputItem[] {
	const table = JSON.parse(data) as unknown[];
	const made = new Map<number, unknown>();
	const at = (place: number): unknown => {
		const entry = table[place];
		if (typeof entry !== 'object' || entry === null) return entry;
		if (made.has(place)) return made.get(place);
		const whole: Record<string, unknown> | unknown[] = Array.isArray(entry) ? [] : {};
		made.set(place, whole);
		for (const [key, value] of Object.entries(entry)) Object.assign(whole, { [key]: typeof value === 'string' ? at(Number(value)) : (value as unknown) });
		return whole;
	};
	return (at(0) as RunData).resultData.runData[node]?.at(-1)?.data?.main?.[output] ?? [];
}
