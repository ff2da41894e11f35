import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';
import { parseRecipient } from '../shared/messaging/phoneNumber';
import { isObject } from '../shared/object';
import type { ReadParameter } from '../shared/operations/define/field';
import { type ListLoader, MissingChoice } from '../shared/operations/define/lists';
import { collectPages } from '../shared/operations/define/paging';
import { textOf } from '../shared/text';
import { sessionPages, unpagedList } from './api/pages';
import { listContacts, listGroups, listSessions, messageLogs } from './api/requests';
import { isPersonalToken } from './api/wapioApi';
import { chosenSession } from './fields/session';

/** How many messages to search for channels; there may be any number of them. */
const MOST_LOGS = 1_000;

/** The ending of a channel's ID. */
const CHANNEL = '@newsletter';

/** The most digits that a channel's ID may have; those seen have 18. */
const LONGEST_ID = 30;

/** The sessions of the account with number and status (API reference: List sessions). */
export const sessionList: ListLoader = () => ({
	request: listSessions,
	paging: sessionPages,
	entries: (elements) =>
		elements.filter(isObject).flatMap(({ session_id, label, phone_number, status }) => {
			const id = textOf(session_id);
			return id === '' ? [] : [{ name: joined(label, phone_number, status) || id, value: id }];
		}),
});

/** The groups of the chosen session. The API reference leaves their form out: the names are those of WhatsApp libraries. */
export const groupList: ListLoader = (_send, parameter, credential) => ({
	request: listGroups(sessionFor(parameter, credential, 'groups')),
	paging: unpagedList,
	entries: groupEntries,
});

function groupEntries(elements: unknown[]): INodeListSearchItems[] {
	return byName(
		elements.flatMap((entry) => {
			const group: IDataObject = isObject(entry) ? entry : { id: textOf(entry) };
			const id = firstText(group, 'id', 'jid', 'group_jid', 'groupJid', 'group_id');
			return id === '' ? [] : [{ name: firstText(group, 'subject', 'name', 'title') || id, value: id }];
		}),
	);
}

/** The contacts of the chosen session, as {@link groupList}. The value is the number where there is one. */
export const contactList: ListLoader = (_send, parameter, credential) => ({
	request: listContacts(sessionFor(parameter, credential, 'contacts')),
	paging: unpagedList,
	entries: contactEntries,
});

/** The chats of the chosen session that can be listed: its groups, and its contacts. */
export const chatList: ListLoader = async (send, parameter, credential) => {
	const session = sessionFor(parameter, credential, 'chats');
	const [groups, contacts] = await Promise.all([
		collectPages(send, listGroups(session), unpagedList, undefined),
		collectPages(send, listContacts(session), unpagedList, undefined),
	]);
	return [...groupEntries(groups), ...contactEntries(contacts)];
};

/**
 * The channels that messages of the chosen session went through (API reference: How to get a Channel ID). The API reference
 * leaves the form of the logs out: whatever ends with "@newsletter" in one is a channel.
 */
export const channelList: ListLoader = async (send, parameter, credential) => {
	const session = chosenSession({ parameter, credential });
	if (session === '') throw new MissingChoice('Choose a session first: the list shows the channels in its messages');
	const logs = await collectPages(send, messageLogs(session), unpagedList, MOST_LOGS);
	const names = new Map<string, string>();
	for (const log of logs) {
		const id = channelIn(textOf(log));
		if (id !== undefined && !names.get(id))
			names.set(id, isObject(log) ? firstText(log, 'chat_name', 'chatName', 'name') : '');
	}
	return byName([...names].map(([id, name]) => ({ name: joined(name, id), value: id })));
};

function contactEntries(elements: unknown[]): INodeListSearchItems[] {
	return byName(
		elements.flatMap((entry) => {
			const contact: IDataObject = isObject(entry) ? entry : { id: textOf(entry) };
			const id = idOfContact(contact);
			if (id === '') return [];
			const name = firstText(
				contact,
				'name',
				'full_name',
				'fullName',
				'verifiedName',
				'push_name',
				'pushName',
				'notify',
			);
			return [{ name: name === '' ? id : joined(name, id), value: id }];
		}),
	);
}

function idOfContact(contact: IDataObject): string {
	const names = ['phone', 'phone_number', 'phoneNumber', 'number', 'jid', 'id'];
	const written = names.map((name) => textOf(contact[name]).trim()).filter((text) => text !== '');
	const parsed = written.map((text) => parseRecipient(text));
	const phone = parsed.flatMap((each) => (each.ok && each.recipient.kind === 'phone' ? [each.recipient.digits] : []));
	const other = parsed.flatMap((each) => (each.ok && each.recipient.kind === 'lid' ? [each.recipient.id] : []));
	// Groups and channels may be among the contacts; what may or may not be a number is left to the user.
	return phone[0] ?? other[0] ?? (parsed.some(({ ok }) => ok) ? '' : (written[0] ?? ''));
}

function sessionFor(parameter: ReadParameter, credential: ReadParameter, what: string): string | undefined {
	const id = chosenSession({ parameter, credential });
	if (id === '' && isPersonalToken(credential('token'))) {
		throw new MissingChoice(`Choose a session first: each session has its own ${what}`);
	}
	return id || undefined;
}

function firstText(entry: IDataObject, ...names: string[]): string {
	return names.map((name) => textOf(entry[name]).trim()).find((text) => text !== '') ?? '';
}

function joined(...parts: unknown[]): string {
	return parts
		.map((part) => textOf(part).trim())
		.filter((part) => part !== '')
		.join(' · ');
}

function byName(entries: INodeListSearchItems[]): INodeListSearchItems[] {
	return entries.sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }));
}

/** The first ID of a channel in a text. A pattern (`/\d+@newsletter/`) would begin anew at each digit of a long number. */
function channelIn(text: string): string | undefined {
	for (let at = text.indexOf(CHANNEL); at >= 0; at = text.indexOf(CHANNEL, at + 1)) {
		let start = at;
		while (at - start < LONGEST_ID && /^\d$/.test(text.charAt(start - 1))) start--;
		if (start < at) return text.slice(start, at) + CHANNEL;
	}
	return undefined;
}
