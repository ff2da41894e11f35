import { type Part, plainText, styled } from './parts';

/** The cells of a row. */
export type TableRow = Part[][];

/** Characters that the names of columns may add, repeated for each row. */
const MAX_REPEATED = 10_000;

/**
 * A table as lines that a phone shows: two columns side by side, more as a line for each cell, under the name of its column.
 *
 * @param rows the header first
 * @returns the lines; an empty one between rows
 */
export function tableLines(rows: readonly TableRow[]): Part[][] {
	const [header = [], ...body] = rows;
	const added = body.length * header.reduce((sum, cell) => sum + plainText(cell).length, 0);
	if (header.length <= 2 || body.length === 0 || added > MAX_REPEATED) {
		return [sideBySide(header.map(bold)), ...body.map(sideBySide)];
	}
	return body.flatMap((row, index) => [...(index === 0 ? [] : [[]]), ...oneBelowAnother(header, row)]);
}

function sideBySide(cells: readonly Part[][]): Part[] {
	return cells.flatMap((cell, column) => (column === 0 ? cell : [text(' | '), ...cell]));
}

/** The names of columns without a value as well: it tells that there is none. */
function oneBelowAnother(header: TableRow, row: TableRow): Part[][] {
	return header.map((name, column) => {
		const value = row[column] ?? [];
		if (name.length === 0) return value;
		return [...bold([...name, text(':')]), ...(value.length === 0 ? [] : [text(' '), ...value])];
	});
}

function bold(parts: Part[]): Part[] {
	return parts.length === 0 ? [] : styled('bold', parts);
}

function text(content: string): Part {
	return { kind: 'text', text: content };
}
