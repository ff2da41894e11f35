/* Writing as the customer, or as the account on its own phone. */
import { api } from './api.js';
import { ask, h, icon, iconButton, openMenu, sync } from './dom.js';
import { pick } from './pick.js';
import { announce, attempt, current, keyOf, update } from './phone.js';
import { summary } from './text.js';

const FILES = {
	image: { label: 'Photo', accept: 'image/*', icon: 'image' },
	video: { label: 'Video', accept: 'video/*', icon: 'video' },
	document: { label: 'Document', accept: '', icon: 'file' },
	voice: { label: 'Voice note', accept: 'audio/*', icon: 'voice' },
	sticker: { label: 'Sticker', accept: 'image/webp', icon: 'sticker' },
};
const MAX_FILE = 16 * 1024 * 1024;

let writers = {};
/** The chats in which the account itself writes, by account and chat. */
let own = {};
/** Unsent drafts, by chat. */
const drafts = {};

/** Who writes in a chat: the person it is with, or the chosen member of a group. */
export function writerOf(chat) {
	if (!chat.isGroup) return { id: chat.id.replace(/^\w+:/, ''), name: chat.name };
	return writers[chat.id] ?? chat.members?.[0] ?? { id: '6281200000042', name: 'Jamie' };
}

/** Does something in the open chat, as the customer unless it says otherwise. */
export async function act(what) {
	const { account, chat } = current();
	const where = { device: account.id, chat: chat.id, isGroup: chat.isGroup, from: writerOf(chat) };
	const result = await attempt(() => api.customer(account.provider, { ...where, ...what }));
	if (result?.registered === false) announce('No workflow received this.');
	return result;
}

export function drawComposer(form, state) {
	writers = state.writers;
	own = state.own;
	const { account, chat } = current();
	const isOff = !account || !chat || chat.acts.length === 0 || !account.isConnected;
	form.hidden = isOff;
	if (isOff) {
		form.replaceChildren();
		return;
	}
	const bubble = (id) => chat.bubbles.find((one) => one.id === id);
	const about = bubble(state.editing ?? state.replyTo);
	const items = [];
	if (about)
		items.push({
			key: 'about',
			stamp: [about.id, state.editing],
			make: () => aboutBar(about, state.editing !== undefined),
		});
	const isOwn = isOwnIn(account, chat);
	if (chat.ownActs.length > 0)
		items.push({
			key: 'side',
			stamp: [account.name, chat.id, isOwn],
			make: () => sideBar(account, chat, state, isOwn),
		});
	if (chat.isGroup && !isOwn)
		items.push({ key: 'writer', stamp: [chat.members, writerOf(chat)], make: () => writerBar(chat, state) });
	items.push({
		key: 'row',
		stamp: [keyOf(account), chat.id, chat.acts, isOwn, state.editing],
		make: () => row(account, chat, state, { edited: bubble(state.editing), isOwn }),
	});
	sync(form, items);
}

/** Whether the account itself writes in a chat. */
function isOwnIn(account, chat) {
	return chat.ownActs.length > 0 && own[`${keyOf(account)} ${chat.id}`] === true;
}

/** Who writes: the customer, or somebody who holds the account's phone. */
function sideBar(account, chat, state, isOwn) {
	const choice = (label, hint, value) =>
		h(
			'label',
			{ title: hint },
			h('input', {
				type: 'radio',
				name: 'side',
				checked: value === isOwn,
				'data-focus': `side ${value}`,
				onchange: () => {
					const key = `${keyOf(account)} ${chat.id}`;
					update({ own: { ...state.own, [key]: value }, replyTo: undefined, editing: undefined });
					document.getElementById('text')?.focus();
				},
			}),
			h('span', {}, label),
		);
	return h(
		'fieldset',
		{ className: 'write-as' },
		h('legend', {}, 'Write as'),
		choice(chat.isGroup ? 'A member' : 'The customer', 'Your message reaches your workflows', false),
		choice(
			`${account.name}, on its own phone`,
			`As if you answered in WhatsApp yourself. ${account.label} reports it as an own message`,
			true,
		),
	);
}

function aboutBar(bubble, isEdit) {
	const close = () => update({ replyTo: undefined, editing: undefined });
	return h(
		'div',
		{ className: 'about' },
		icon(isEdit ? 'edit' : 'reply'),
		h('span', { className: 'grow' }, h('strong', {}, isEdit ? 'Edit' : 'Reply to'), ` ${summary(bubble.content)}`),
		iconButton('close', isEdit ? 'Cancel editing' : 'Cancel reply', close),
	);
}

function writerBar(chat, state) {
	const people = chat.members ?? [];
	const me = writerOf(chat);
	const all = people.some(({ id }) => id === me.id) ? people : [...people, me];
	const onchange = async ({ target }) => {
		if (target.value !== 'other')
			return update({ writers: { ...state.writers, [chat.id]: all.find(({ id }) => id === target.value) } });
		const given = await ask(
			'Write as someone else',
			[
				{ name: 'name', label: 'Name', value: 'Jamie', required: true },
				{ name: 'number', label: 'Phone number with country code', value: '6281200000042', required: true },
			],
			'Use',
		);
		const id = given?.number.replace(/\D/g, '');
		update({ writers: { ...state.writers, [chat.id]: id ? { id, name: given.name } : me } });
	};
	return h(
		'div',
		{ className: 'writer' },
		h('label', { for: 'writer' }, 'Member'),
		h(
			'select',
			{ id: 'writer', 'data-focus': 'writer', onchange },
			all.map(({ id, name }) => h('option', { value: id, selected: id === me.id }, name)),
			h('option', { value: 'other' }, 'Someone else…'),
		),
	);
}

function row(account, chat, state, { edited, isOwn }) {
	const as = isOwn ? { isOwn } : {};
	const key = `${keyOf(account)} ${chat.id}`;
	const box = h('textarea', {
		id: 'text',
		rows: 1,
		placeholder: 'Message',
		'aria-label': 'Message',
		'data-focus': 'text',
		value: edited ? (edited.content.text ?? '') : (drafts[key] ?? ''),
	});
	const grow = () => {
		box.style.height = 'auto';
		box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
	};
	box.addEventListener('input', () => {
		if (!edited) drafts[key] = box.value;
		grow();
	});
	box.addEventListener('keydown', (event) => {
		if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
			event.preventDefault();
			void send();
		}
	});
	const send = async () => {
		const text = box.value.trim();
		if (text === '') return;
		box.value = '';
		delete drafts[key];
		grow();
		const reply = state.replyTo;
		update({ replyTo: undefined, editing: undefined });
		document.getElementById('text')?.focus();
		if (edited) await act({ do: 'edit', target: edited.id, text });
		else await act({ do: 'text', ...as, text, ...(reply === undefined ? {} : { replyTo: reply }) });
	};
	const form = document.getElementById('composer');
	form.onsubmit = (event) => {
		event.preventDefault();
		void send();
	};
	const attach = iconButton(
		'attach',
		'Attach',
		(event) =>
			openMenu(
				event.currentTarget,
				'Attach',
				attachMenu(account, chat, state, { button: event.currentTarget, as }),
			),
		{ 'aria-haspopup': 'menu', 'data-focus': 'attach' },
	);
	return h(
		'div',
		{ className: 'row' },
		attach,
		box,
		h(
			'button',
			{ type: 'submit', className: 'icon-button send', 'aria-label': 'Send', title: 'Send' },
			icon('send'),
		),
	);
}

function attachMenu(account, chat, state, { button, as }) {
	const can = (name) => (as.isOwn ? chat.ownActs : chat.acts).includes(name);
	const items = Object.entries(FILES)
		.filter(([kind]) => can(kind))
		.map(([kind, { label, icon: name }]) => ({ label, icon: name, run: () => sendFile(kind, state, as) }));
	if (can('location')) items.push({ label: 'Location', icon: 'pin', run: () => sendLocation(as) });
	if (can('contact')) items.push({ label: 'Contact', icon: 'person', run: () => sendContact(as) });
	if (can('call')) {
		items.push({ label: 'Voice call', icon: 'phone', run: () => act({ do: 'call' }) });
		items.push({ label: 'Video call', icon: 'video', run: () => act({ do: 'call', isVideo: true }) });
	}
	if (as.isOwn) return items;
	items.push({
		label: 'More…',
		hint: `Everything ${account.label} can report`,
		icon: 'more',
		run: () => more(account, chat, button),
	});
	return items;
}

async function sendFile(kind, state, as) {
	const { label, accept } = FILES[kind];
	const hint = `Without a file, the phone sends a small sample.`;
	const given = await ask(`Send a ${label.toLowerCase()}`, [
		{ name: 'file', label: 'File', type: 'file', accept, hint },
		...(kind === 'voice' || kind === 'sticker' ? [] : [{ name: 'text', label: 'Caption' }]),
	]);
	if (given === undefined) return;
	const reply = state.replyTo;
	update({ replyTo: undefined });
	await attempt(async () => {
		const file = given.file && (await encoded(given.file));
		await act({
			do: 'file',
			...as,
			kind,
			...(given.text ? { text: given.text } : {}),
			...(file ? { file } : {}),
			...(reply === undefined ? {} : { replyTo: reply }),
		});
	});
}

async function encoded(file) {
	if (file.size > MAX_FILE) throw new Error('The file is larger than 16 MB.');
	const url = await new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.onload = () => resolve(reader.result);
		reader.onerror = () => reject(reader.error);
		reader.readAsDataURL(file);
	});
	return {
		name: file.name.slice(0, 200),
		mimeType: file.type || 'application/octet-stream',
		base64: url.slice(url.indexOf(',') + 1),
	};
}

async function sendLocation(as) {
	const given = await ask('Send a location', [
		{ name: 'name', label: 'Name', value: 'Monas' },
		{ name: 'latitude', label: 'Latitude', type: 'number', value: '-6.175392', required: true },
		{ name: 'longitude', label: 'Longitude', type: 'number', value: '106.827153', required: true },
	]);
	if (given)
		await act({
			do: 'location',
			...as,
			latitude: Number(given.latitude),
			longitude: Number(given.longitude),
			...(given.name ? { name: given.name } : {}),
		});
}

async function sendContact(as) {
	const given = await ask('Send a contact', [
		{ name: 'name', label: 'Name', value: 'Support', required: true },
		{ name: 'phone', label: 'Phone number', type: 'tel', value: '+62 812 0000 0009', required: true },
	]);
	if (given) await act({ do: 'contact', ...as, name: given.name, phone: given.phone });
}

/** Everything else the sandbox can play for the provider, by name. */
async function more(account, chat, button) {
	const list = await attempt(() => api.playable(account.provider));
	if (!list) return;
	const options = list.options ?? {};
	const where = chat.isGroup ? { chat: 'group' } : { phone: chat.id.replace(/^\w+:/, ''), name: chat.name };
	const known = Object.fromEntries(Object.entries(where).filter(([name]) => name in options));
	const kinds = (list.groups ?? []).map(({ group, kinds: all }) => ({
		heading: group,
		items: all.map(({ name, says }) => ({ label: says, hint: name, value: { kind: name, ...known } })),
	}));
	const events = (list.events ?? []).map((event) => ({ label: event, value: { event } }));
	const chosen = await pick(
		`What ${account.label} can report`,
		events.length > 0 ? [{ heading: 'Events', items: events }] : kinds,
	);
	button.focus();
	if (chosen !== undefined) await attempt(() => api.play(account.provider, chosen));
}
