import type { INode } from 'n8n-workflow';

interface Box {
	name: string;
	left: number;
	top: number;
	width: number;
	height: number;
}

/** What a node takes up in n8n's editor, in its pixels: a square of 96, and its name below that. */
const NODE = { width: 100, height: 130 };

/** A sticky note's text is 14 pixels high: so much of it goes on a line, which is so high, with so much around. */
const CHARACTER = 7;
const LINE = 20;
const PADDING = 40;

function boxOf({ name, type, position: [left, top], parameters }: INode): Box {
	const isNote = type.endsWith('.stickyNote');
	const size = isNote ? { width: Number(parameters.width), height: Number(parameters.height) } : NODE;
	return { name, left, top, ...size };
}

/** The pairs of nodes that lie over each other. */
export function overlaps(nodes: INode[]): string[] {
	const boxes = nodes.map(boxOf);
	return boxes.flatMap((one, index) =>
		boxes
			.slice(index + 1)
			.filter(
				(other) =>
					meet(one.left, one.width, other.left, other.width) &&
					meet(one.top, one.height, other.top, other.height),
			)
			.map((other) => `${one.name} and ${other.name}`),
	);
}

function meet(start: number, length: number, otherStart: number, otherLength: number): boolean {
	return start < otherStart + otherLength && otherStart < start + length;
}

/** The height that a sticky note needs for its text. */
export function heightOfText(content: string, width: number): number {
	const perLine = Math.floor((width - PADDING) / CHARACTER);
	const lines = content
		.split('\n')
		.map((line) => Math.max(1, Math.ceil(line.length / perLine)) * (line.startsWith('#') ? 1.6 : 1));
	return lines.reduce((sum, line) => sum + line * LINE, PADDING);
}
