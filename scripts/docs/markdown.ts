/** Pieces of Markdown as GitHub reads it. */

/** Text with Markdown's signs escaped. */
export function escaped(text: string): string {
	return text
		.replace(/[\\`*[\]|<>]/g, (mark) => ({ '<': '&lt;', '>': '&gt;' })[mark] ?? `\\${mark}`)
		.replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
		.replace(/\$/g, '&#36;')
		.replace(/\s*\n\s*/g, ' ');
}

/** A literal value or name. A pipe would end a table's cell even here. */
export function code(text: string): string {
	const fence = text.includes('`') ? '``' : '`';
	return `${fence}${text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ')}${fence}`;
}

/** The little HTML that n8n shows in descriptions, as Markdown; everything else as text. */
export function fromHtml(html: string): string {
	const parts = html.split(/(<a href="[^"]*"[^>]*>[^<]*<\/a>|<b>[^<]*<\/b>|<code>[^<]*<\/code>|<br ?\/?>)/);
	return parts
		.map((part) => {
			const link = /^<a href="([^"]*)"[^>]*>([^<]*)</.exec(part);
			if (link) return `[${escaped(link[2] ?? '')}](${link[1]})`;
			const tag = /^<(b|code)>([^<]*)</.exec(part);
			if (tag) return tag[1] === 'b' ? `**${escaped(tag[2] ?? '')}**` : code(tag[2] ?? '');
			return /^<br/.test(part) ? ' ' : escaped(part);
		})
		.join('');
}

/** A table; its cells are Markdown already. */
export function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A part that is closed until one opens it; above a list of what is inside it. */
export function details(summary: string, body: string, contents: string[] = []): string {
	// Markdown is not read inside of HTML.
	const text = (part: string): string =>
		part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
	const inside = contents.length === 0 ? '' : `: ${contents.map(text).join(', ')}`;
	return `<details>\n<summary><b>${text(summary)}</b>${inside}</summary>\n\n${body}\n\n</details>`;
}

/** A fenced block of JSON. */
export function jsonBlock(value: unknown): string {
	return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}

/** The anchor that GitHub gives a heading that is unique on its page. */
export function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
		.replaceAll(' ', '-');
}
