/* Times, names and summaries as texts. */
import { plainOf } from './format.js';

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
	const said =
		(text === null || text === undefined ? undefined : plainOf(text)) ??
		file?.name ??
		location?.name ??
		contact?.name;
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
