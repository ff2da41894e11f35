import type { INode } from 'n8n-workflow';

interface Box {
	name: string;
	left: number;
	top: number;
	width: number;
	height: number;
}

const isNote = ({ type }: INode): boolean => type.endsWith('.stickyNote');

/** The space a node takes up in n8n's editor, in pixels: a square of 96 pixels, with its name below. */
const NODE = { width: 100, height: 130 };

function boxOf(node: INode): Box {
	const { name, position, parameters } = node;
	const [left, top] = position;
	const size = isNote(node) ? { width: Number(parameters.width), height: Number(parameters.height) } : NODE;
	return { name, left, top, ...size };
}

/** The pairs of nodes that overlap. */
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

/** The button beside a trigger, which n8n shows when you point at the trigger. */
const TRIGGER_BUTTON = { width: 190, top: 28, height: 40 };

/** The notes that the button of a trigger would cover. */
export function coveredNotes(nodes: INode[]): string[] {
	const triggers = nodes.filter(({ type }) => type.endsWith('Trigger'));
	const notes = nodes.filter(isNote).map(boxOf);
	return triggers.flatMap(({ position: [left, top] }) =>
		notes
			.filter(
				(note) =>
					meet(left - TRIGGER_BUTTON.width, TRIGGER_BUTTON.width, note.left, note.width) &&
					meet(top + TRIGGER_BUTTON.top, TRIGGER_BUTTON.height, note.top, note.height),
			)
			.map(({ name }) => name),
	);
}

/** How n8n 2.41 sets the text of a sticky note, in pixels; measured in the editor. */
const NOTE = {
	/** Left and right of the text. */
	sides: 28,
	/** Above and below the text. */
	ends: 12,
	heading: { character: 11.8, line: 31, after: 8 },
	text: { character: 6.9, line: 19, after: 0 },
	item: { character: 6.9, line: 19, after: 3, indent: 20 },
	paragraph: 8,
};

/** The height that a sticky note needs for its text: at most 30 pixels more than what the editor measures. */
export function heightOfText(content: string, width: number): number {
	const heights = content.split('\n').map((line) => {
		if (line === '') return NOTE.paragraph;
		const [, mark = '', text = ''] = /^(## |\d+\. |- )?(.*)$/.exec(line.replaceAll('**', '')) ?? [];
		const { indent, ...style } =
			mark === '## ' ? { ...NOTE.heading, indent: 0 } : mark === '' ? { ...NOTE.text, indent: 0 } : NOTE.item;
		const lines = Math.ceil((text.length * style.character) / (width - NOTE.sides - indent));
		return lines * style.line + style.after;
	});
	return Math.ceil(heights.reduce((sum, height) => sum + height, NOTE.ends));
}

/** What n8n shows of a workflow that was just opened in a window of 1440 × 900 pixels; measured in the editor. */
const WINDOW = { width: 1162, height: 666, center: 464, executeButton: 807, name: 45, node: 100 };

/** The pixels between the lowest node's name and the Execute button, right after opening. Negative if they overlap. */
export function roomAboveButton(nodes: INode[]): number {
	const boxes = nodes.map((node) => (isNote(node) ? boxOf(node) : { ...boxOf(node), height: WINDOW.node }));
	const left = Math.min(...boxes.map((box) => box.left));
	const right = Math.max(...boxes.map((box) => box.left + box.width));
	const top = Math.min(...boxes.map((box) => box.top));
	const bottom = Math.max(...boxes.map((box) => box.top + box.height));
	const scale = Math.min(1, WINDOW.width / (right - left), WINDOW.height / (bottom - top));
	return WINDOW.executeButton - (WINDOW.center + scale * ((bottom - top) / 2 + WINDOW.name));
}
