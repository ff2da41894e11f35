import { writeBlocks } from './blocks';
import { PLAIN, WHATSAPP } from './dialect';
import { parseMarkdown } from './parse';

/**
 * Turns Markdown into what WhatsApp shows: bold, italics, strikethrough, code, lists and quotes in its own signs; headings in
 * bold; links, images and tables as text. Nothing that a reader of the Markdown sees is lost, and nothing becomes formatting
 * that is none. Line breaks are kept, `\r\n` as `\n`.
 */
export function markdownToWhatsApp(text: string): string {
	return writeBlocks(parseMarkdown(text), WHATSAPP);
}

/** Turns Markdown into text without formatting, for channels that have none, such as SMS. */
export function markdownToPlain(text: string): string {
	return writeBlocks(parseMarkdown(text), PLAIN);
}
