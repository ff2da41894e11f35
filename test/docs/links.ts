/** Links of Markdown pages, read as GitHub reads them. */

/** The text without what is shown as it is: comments, code blocks and code. */
function prose(page: string): string {
	return page
		.replace(/<!--[\s\S]*?-->/g, '')
		.replace(/^(```|~~~)[\s\S]*?^\1/gm, '')
		.replace(/(`+)[^`\n][\s\S]*?\1/g, '');
}

/** Where the links and images of a page lead, as written. */
export function targetsOf(page: string): string[] {
	const text = prose(page);
	const patterns = [
		/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g,
		/^\[[^\]]+\]:\s*(\S+)/gm,
		/<(?:a|img)\s[^>]*(?:href|src)="([^"]*)"/g,
	];
	return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, target = '']) => target));
}

/** The anchors of a page's headings: lower case, without punctuation, a number behind those that come again. */
export function anchorsOf(page: string): Set<string> {
	const anchors = new Set<string>();
	const counts = new Map<string, number>();
	const headings = page.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').matchAll(/^#{1,6}\s+(.*?)\s*#*$/gm);
	for (const [, heading = ''] of headings) {
		const text = heading
			.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
			.replace(/&(lt|gt|amp|#\d+);/g, '')
			.replace(/<[^>]*>/g, '');
		const anchor = text
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
			.replace(/\s/g, '-');
		const count = counts.get(anchor) ?? 0;
		counts.set(anchor, count + 1);
		anchors.add(count === 0 ? anchor : `${anchor}-${count}`);
	}
	return anchors;
}
