/* Foreign texts as nodes: links, codes, WhatsApp's bold and italics. */
import { h } from './dom.js';

const LINK = /https?:\/\/[^\s<>"'`]+/g;
/** A word like "code" makes a number of 4 to 8 digits a code. */
const CODE_WORD = /\b(code|otp|kode|pin|passcode|verification|verifikasi)\b/i;
const MARKS = { '*': 'strong', _: 'em', '~': 's' };
const MAX_TEXT = 20_000;

/** The nodes of a text. `isCode`: the message is known to carry a one-time code. */
export function textNodes(text, { isCode = false, onCode } = {}) {
	const shown = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
	const nodes = [];
	let from = 0;
	const showCodes = isCode || CODE_WORD.test(shown);
	for (const match of shown.matchAll(LINK)) {
		const url = match[0].replace(/[.,;:!?)\]}]+$/, '');
		nodes.push(...plain(shown.slice(from, match.index), showCodes, onCode), link(url, url));
		from = match.index + url.length;
	}
	nodes.push(...plain(shown.slice(from), showCodes, onCode));
	return nodes;
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

function plain(text, showCodes, onCode) {
	if (!showCodes) return styled(text);
	const nodes = [];
	let from = 0;
	for (const match of text.matchAll(/(?<![\d+])\d{4,8}(?!\d)/g)) {
		nodes.push(...styled(text.slice(from, match.index)));
		const code = match[0];
		nodes.push(
			h(
				'button',
				{
					type: 'button',
					className: 'code',
					title: 'Copy',
					'aria-label': `Copy code ${code}`,
					onclick: () => onCode?.(code),
				},
				code,
			),
		);
		from = match.index + code.length;
	}
	nodes.push(...styled(text.slice(from)));
	return nodes;
}

function styled(text) {
	const nodes = [];
	let from = 0;
	for (const match of text.matchAll(/(?<![\w*~])([*_~])(?=\S)([^*_~\n]{1,500})(?<=\S)\1(?![\w*~])/g)) {
		nodes.push(text.slice(from, match.index), h(MARKS[match[1]], {}, match[2]));
		from = match.index + match[0].length;
	}
	nodes.push(text.slice(from));
	return nodes.filter((node) => node !== '');
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const exact = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export const time = (at) => clock.format(at);
export const exactTime = (at) => exact.format(at);
export const momentOf = (at) => moment.format(at);

export function dayOf(at) {
	return new Date(at).toDateString() === new Date().toDateString() ? 'Today' : day.format(at);
}

/** A phone number the way it is written everywhere on this page. The numbers of the sandbox that start with 0 are Indonesian. */
export const phoneNumber = (text) => (/^\d{6,15}$/.test(text) ? `+${text.replace(/^0/, '62')}` : text);

/** The name of a chat. A customer without a name is called by their number. */
export const nameOf = ({ name, isGroup }) => (isGroup ? name : phoneNumber(name));

/** A content in a few words, for lists and quotes. */
export function summary({ kind, text, file, location, contact }) {
	const said = text ?? file?.name ?? location?.name ?? contact?.name;
	const names = {
		image: 'Photo',
		video: 'Video',
		voice: 'Voice note',
		document: 'Document',
		sticker: 'Sticker',
		location: 'Location',
		contact: 'Contact',
		poll: 'Poll',
		call: 'Call',
	};
	const name = names[kind];
	if (name === undefined || kind === 'call') return said ?? kind;
	return said ? `${name} · ${said}` : name;
}
