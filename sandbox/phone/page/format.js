/* WhatsApp's formatting, as nodes: https://faq.whatsapp.com/539178204879377. Whatever a text holds, it never becomes HTML. */
import { h } from './dom.js';

const LINK = /https?:\/\/[^\s<>"'`]+/g;
/** A word like "code" makes a number of 4 to 8 digits a code. */
const CODE_WORD = /\b(code|otp|kode|pin|passcode|verification|verifikasi)\b/i;
const NO_LINK_END = '.,;:!?)]}';
const STYLES = { '*': 'strong', _: 'em', '~': 's' };
const FENCE = '```';
const MAX_TEXT = 20_000;

/** The nodes of a text. `isCode`: the message is known to carry a one-time code. */
export function textNodes(text, { isCode = false, onCode } = {}) {
	const showCodes = isCode || CODE_WORD.test(text.slice(0, MAX_TEXT));
	const inline = (parts) => parts.flatMap((part) => inlineNode(part, showCodes && onCode));
	return blocksOf(text).map(({ kind, lines }) => {
		if (kind === 'code') return h('pre', {}, h('code', {}, lines.join('\n')));
		const written = lines.map(({ parts }) => inline(parts));
		if (kind === 'bullets')
			return h(
				'ul',
				{},
				written.map((nodes) => h('li', {}, nodes)),
			);
		if (kind === 'numbers')
			return h(
				'ol',
				{},
				written.map((nodes, index) => h('li', { value: lines[index].number }, nodes)),
			);
		const joined = written.flatMap((nodes, index) => (index === 0 ? nodes : ['\n', ...nodes]));
		if (kind === 'quote') return h('blockquote', { className: 'quoted' }, joined);
		// A browser leaves out an empty line at the end.
		return h('p', {}, joined, lines.at(-1).parts.length === 0 ? '\n' : undefined);
	});
}

/** A text as a list of chats shows it: without signs, in one line. */
export function plainOf(text) {
	return blocksOf(text.slice(0, 500))
		.flatMap(({ kind, lines }) =>
			kind === 'code' ? lines : lines.map(({ parts }) => parts.map(plainPart).join('')),
		)
		.join(' ')
		.trim();
}

/** A link to another page; anything but http and https stays a text. */
export function link(url, text) {
	let target;
	try {
		target = new URL(url);
	} catch {
		return text;
	}
	if (target.protocol !== 'http:' && target.protocol !== 'https:') return text;
	return h('a', { href: target.href, target: '_blank', rel: 'noopener noreferrer' }, text);
}

function inlineNode(part, onCode) {
	if (part.kind === 'link') return [link(part.text, part.text)];
	if (part.kind === 'code') return [h('code', {}, part.text)];
	if (part.kind === 'text') return onCode ? withCodes(part.text, onCode) : [part.text];
	return [
		h(
			part.kind,
			{},
			part.parts.flatMap((each) => inlineNode(each, onCode)),
		),
	];
}

const plainPart = (part) => part.text ?? part.parts.map(plainPart).join('');

/** A text with the numbers in it that are codes, each as a button. */
function withCodes(text, onCode) {
	const nodes = [];
	let from = 0;
	for (const match of text.matchAll(/(?<![\d+])\d{4,8}(?!\d)/g)) {
		const [code] = match;
		const onclick = () => onCode(code);
		const names = { type: 'button', className: 'code', title: 'Copy', 'aria-label': `Copy code ${code}` };
		nodes.push(text.slice(from, match.index), h('button', { ...names, onclick }, code));
		from = match.index + code.length;
	}
	return [...nodes, text.slice(from)].filter((node) => node !== '');
}

/** The blocks of a text: paragraphs, lists, quotes, and code over several lines. */
function blocksOf(text) {
	const shown = (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text).replace(/\r\n?/g, '\n');
	const blocks = [];
	let from = 0;
	for (const { start, end } of fencesIn(shown)) {
		// The line breaks around a block belong to it.
		const before = shown.slice(from, start).replace(/\n$/, '');
		if (before !== '') blocks.push(...lineBlocks(before));
		const code = shown.slice(start + FENCE.length, end - FENCE.length);
		blocks.push({ kind: 'code', lines: code.replace(/^\n|\n$/g, '').split('\n') });
		from = shown.charAt(end) === '\n' ? end + 1 : end;
	}
	if (from < shown.length) blocks.push(...lineBlocks(shown.slice(from)));
	return blocks;
}

/** Code over several lines. On a single line it is a part of the line. */
function fencesIn(text) {
	const fences = [];
	let start = text.indexOf(FENCE);
	while (start >= 0) {
		const close = text.indexOf(FENCE, start + FENCE.length);
		if (close < 0) break;
		const end = close + FENCE.length;
		const code = text.slice(start + FENCE.length, close);
		if (code.includes('\n') && code.trim() !== '') fences.push({ start, end });
		start = text.indexOf(FENCE, end);
	}
	return fences;
}

function lineBlocks(text) {
	const blocks = [];
	for (const line of text.split('\n')) {
		const [, bullet, number, quote] = /^(?:([-*] )|(\d{1,9})\. |(> ?))(?=\S)/.exec(line) ?? [];
		const kind = bullet ? 'bullets' : number ? 'numbers' : quote ? 'quote' : 'lines';
		const sign = bullet ?? (number && `${number}. `) ?? quote ?? '';
		const block = blocks.at(-1)?.kind === kind ? blocks.at(-1) : { kind, lines: [] };
		if (block !== blocks.at(-1)) blocks.push(block);
		block.lines.push({ parts: partsOf(line.slice(sign.length)), number: Number(number) });
	}
	return blocks;
}

/** The parts of a line: texts, links, code, and styles with parts of their own. */
function partsOf(line) {
	const links = linksIn(line);
	const closing = closingIn(line, links);
	const parse = (from, to, open) => {
		const parts = [];
		let text = from;
		const push = (part, start, end) => {
			if (text < start) parts.push({ kind: 'text', text: line.slice(text, start) });
			if (part) parts.push(part);
			text = end;
		};
		for (let at = from; at < to;) {
			const url = links.get(at);
			const sign = url === undefined ? signAt(line, at) : undefined;
			const end = sign === undefined || open.includes(sign) ? undefined : endOf(line, at, to, sign, closing);
			if (url !== undefined && at + url.length <= to) {
				push({ kind: 'link', text: url }, at, at + url.length);
				at += url.length;
			} else if (end !== undefined) {
				const inside = [at + sign.length, end];
				const part =
					sign in STYLES
						? { kind: STYLES[sign], parts: parse(...inside, [...open, sign]) }
						: { kind: 'code', text: line.slice(...inside) };
				push(part, at, end + sign.length);
				at = text;
			} else at += sign?.length ?? 1;
		}
		push(undefined, to, to);
		return parts;
	};
	return parse(0, line.length, []);
}

function signAt(line, at) {
	if (line.startsWith(FENCE, at)) return FENCE;
	const sign = line.charAt(at);
	return sign in STYLES || sign === '`' ? sign : undefined;
}

const isWord = (character) => /[\p{L}\p{N}]/u.test(character);
const isSpace = (character) => character === '' || /\s/.test(character);

/** Where what a sign begins ends; undefined if it begins nothing. It begins outside of words, and before a text. */
function endOf(line, at, to, sign, closing) {
	const next = line.charAt(at + sign.length);
	if (sign !== FENCE && (isSpace(next) || next === sign || (at > 0 && isWord(line.charAt(at - 1))))) return undefined;
	const places = closing.get(sign) ?? [];
	// The first place behind the text: the places are in order.
	let [low, high] = [0, places.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (places[middle] > at + sign.length) high = middle;
		else low = middle + 1;
	}
	return places[low] + sign.length <= to ? places[low] : undefined;
}

/** Where each sign can end something: behind a text, and not within a word. None of those in links. */
function closingIn(line, links) {
	const closing = new Map();
	for (let at = 0; at < line.length;) {
		const url = links.get(at);
		const sign = url === undefined ? signAt(line, at) : undefined;
		if (sign !== undefined) {
			const isEnd = !isSpace(line.charAt(at - 1)) && !isWord(line.charAt(at + sign.length));
			if (!closing.has(sign)) closing.set(sign, []);
			if (sign === FENCE || isEnd) closing.get(sign).push(at);
		}
		at += url?.length ?? sign?.length ?? 1;
	}
	return closing;
}

/** The links of a line, by where they begin. The end of a sentence or of a style around one is no part of it. */
function linksIn(line) {
	return new Map(
		[...line.matchAll(LINK)].map(({ 0: url, index }) => {
			let end = url.length;
			const isStyle = (sign) => sign in STYLES && line.lastIndexOf(sign, index - 1) >= 0 && index > 0;
			while (NO_LINK_END.includes(url.charAt(end - 1)) || isStyle(url.charAt(end - 1))) end--;
			return [index, url.slice(0, end)];
		}),
	);
}
