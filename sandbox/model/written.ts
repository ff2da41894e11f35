/** An answer as it goes out: one JSON body, or server-sent events. */
export type Written = { body: object } | { events: Array<{ event?: string; data: object | '[DONE]' }> };

const PIECE = 40;

/** A text in the pieces in which it is streamed. No piece ends within a character. */
export function pieces(text: string): string[] {
	const characters = [...text];
	return Array.from({ length: Math.ceil(characters.length / PIECE) }, (_, index) =>
		characters.slice(index * PIECE, (index + 1) * PIECE).join(''),
	);
}

/** About how many tokens a text has. */
export const tokens = (text: string): number => Math.ceil(text.length / 4);
