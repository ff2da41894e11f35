import { attributeOf, CODE_TAGS, LINE_TAGS, SILENT_TAGS, type Tag, TAG_STYLES, tagsIn } from './html';
import type { Token } from './parse';
import { type Part, plainText, type Style } from './parts';

/** Tokens of the parser that open and close a style. */
const TOKEN_STYLES: Readonly<Record<string, Style>> = { strong: 'bold', em: 'italic', s: 'strike' };

/** A link that is open: where its text begins, and where it leads. */
interface OpenLink {
	from: number;
	address: string;
}

/**
 * Turns the inline tokens of a Markdown text into parts. A link becomes "text (address)", an image likewise, the tags of HTML
 * what they mean; a tag that is not known stays as a text.
 */
export function partsOf(tokens: readonly Token[]): Part[] {
	return new InlineReader(tokens).read();
}

class InlineReader {
	private readonly parts: Part[] = [];
	private readonly links: OpenLink[] = [];
	/** Where the text of a code tag begins. */
	private codeFrom = 0;
	private codeDepth = 0;
	private readonly tags: ReadonlyMap<number, Tag>;

	constructor(private readonly tokens: readonly Token[]) {
		this.tags = tagsIn(tokens);
	}

	read(): Part[] {
		for (const [at, token] of this.tokens.entries()) {
			if (token.type === 'html_inline') this.html(token.content, this.tags.get(at));
			else this.markdown(token);
		}
		return this.parts;
	}

	private markdown(token: Token): void {
		const style = TOKEN_STYLES[token.tag];
		if (style !== undefined) this.parts.push({ kind: token.nesting > 0 ? 'open' : 'close', style });
		else if (token.type === 'softbreak' || token.type === 'hardbreak') this.parts.push({ kind: 'break' });
		// Code with a backtick would end early at it: the words matter more than their font.
		else if (token.type === 'code_inline' && token.content.includes('`')) this.text(token.content);
		else if (token.type === 'code_inline') this.parts.push({ kind: 'code', text: token.content });
		else if (token.type === 'link_open') this.openLink(token.attrGet('href') ?? '');
		else if (token.type === 'link_close') this.closeLink();
		else if (token.type === 'image')
			this.image(plainText(partsOf(token.children ?? [])), token.attrGet('src') ?? '');
		else this.text(token.content);
	}

	private html(source: string, tag: Tag | undefined): void {
		if (tag === undefined) {
			if (!source.startsWith('<!--')) this.text(source);
			return;
		}
		const { name, isClosing } = tag;
		const style = TAG_STYLES.get(name);
		if (style !== undefined) this.parts.push({ kind: isClosing ? 'close' : 'open', style });
		else if (CODE_TAGS.has(name)) this.code(isClosing);
		else if (name === 'a') this.anchor(tag);
		else if (name === 'img') this.image(attributeOf(tag, 'alt') ?? '', attributeOf(tag, 'src') ?? '');
		else if (name === 'br') this.parts.push({ kind: 'break' });
		else if (LINE_TAGS.has(name) || name === 'hr') this.startLine();
		else if (name === 'li') this.listItem(isClosing);
		else if (name === 'sup') this.text(isClosing ? '' : '^');
		else if (!SILENT_TAGS.has(name)) this.text(source);
	}

	private text(text: string): void {
		if (text !== '') this.parts.push({ kind: 'text', text });
	}

	/** The text of a code tag is one piece of code, whatever it holds. */
	private code(isClosing: boolean): void {
		if (!isClosing && this.codeDepth++ === 0) this.codeFrom = this.parts.length;
		if (!isClosing || --this.codeDepth > 0) return;
		const text = plainText(this.parts.splice(this.codeFrom));
		if (text !== '') this.parts.push({ kind: 'code', text });
	}

	private anchor(tag: Tag): void {
		if (tag.isClosing) this.closeLink();
		else this.openLink(attributeOf(tag, 'href') ?? '');
	}

	private openLink(address: string): void {
		this.links.push({ from: this.parts.length, address });
	}

	private closeLink(): void {
		const link = this.links.pop();
		if (link === undefined || link.address === '') return;
		const address = shownAddress(link.address);
		const text = plainText(this.parts.slice(link.from)).trim();
		if (text !== '' && !isSameAddress(text, address)) {
			this.text(' (');
			this.address(address);
			this.text(')');
		} else {
			this.replaceText(link.from, address);
		}
	}

	/** The address instead of the text of a link; styles that open or close in the text stay. */
	private replaceText(from: number, address: string): void {
		const kept = this.parts.splice(from).filter(({ kind }) => kind === 'open' || kind === 'close');
		const firstClose = kept.findIndex(({ kind }) => kind === 'close');
		const middle = firstClose < 0 ? kept.length : firstClose;
		this.parts.push(...kept.slice(0, middle));
		this.address(address);
		this.parts.push(...kept.slice(middle));
	}

	private image(text: string, source: string): void {
		this.openLink(source);
		this.text(text.trim());
		this.closeLink();
	}

	/** WhatsApp leaves an address alone if it takes it for a link; any other is a text. */
	private address(text: string): void {
		this.parts.push({ kind: /^(?:https?|ftp):\/\/[^\s<>]+$/i.test(text) ? 'link' : 'text', text });
	}

	private startLine(): void {
		const last = this.parts.at(-1);
		if (last !== undefined && last.kind !== 'break') this.parts.push({ kind: 'break' });
	}

	private listItem(isClosing: boolean): void {
		if (isClosing) return;
		this.startLine();
		this.text('- ');
	}
}

/** An e-mail address or phone number as people write it. */
function shownAddress(address: string): string {
	return address.includes('?') ? address : address.replace(/^(?:mailto|tel):/i, '');
}

function isSameAddress(text: string, address: string): boolean {
	return bareAddress(text) === bareAddress(address);
}

function bareAddress(text: string): string {
	return text.replace(/^(?:mailto:|tel:|https?:\/\/)/i, '').replace(/\/$/, '');
}
