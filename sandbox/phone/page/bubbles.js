/* The chat: bubbles with times, ticks, files, reactions and actions. */
import { api } from './api.js';
import { h, icon, iconButton, openMenu, sync, toast } from './dom.js';
import { act, writerOf } from './composer.js';
import { attempt, current, update } from './phone.js';
import { link, textNodes } from './format.js';
import { dayOf, exactTime, momentOf, nameOf, summary, time } from './text.js';

const EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏'];
const STATUS_WORDS = {
	accepted: 'Sent',
	scheduled: 'Scheduled',
	delivered: 'Delivered',
	read: 'Read',
	failed: 'Failed',
};
const STATUS_ICONS = { accepted: 'check', scheduled: 'clock', delivered: 'checks', read: 'checks', failed: 'alert' };
const OUTCOME_WORDS = {
	posting: 'Delivering the webhook',
	received: 'Received by the workflow',
	refused: 'Webhook refused',
	unreachable: 'Webhook not delivered',
	unregistered: 'No workflow received this',
};

let shown;
/** Pictures load later than the text around them: keep the end in view if it was. */
let isAtEnd = true;
const box = document.getElementById('messages');
const keepAtEnd = () => isAtEnd && (box.scrollTop = box.scrollHeight);
box.addEventListener('load', keepAtEnd, true);
box.addEventListener('loadedmetadata', keepAtEnd, true);
box.addEventListener('scroll', () => (isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80));
new ResizeObserver(keepAtEnd).observe(box);

export function drawChat(parent, state) {
	const { account, chat } = current();
	const place = `${state.account} ${chat?.id}`;
	// A chat that was just opened is not news for a screen reader.
	const isNew = shown !== place;
	if (isNew) parent.replaceChildren();
	parent.setAttribute('aria-live', isNew ? 'off' : 'polite');
	const wasAtEnd = isNew || isAtEnd;
	shown = place;
	const items = [];
	let day;
	let previous;
	for (const bubble of chat?.bubbles ?? []) {
		const of = dayOf(bubble.at);
		if (of !== day)
			items.push({ key: `day ${of}`, stamp: of, make: () => h('div', { className: 'day' }, h('span', {}, of)) });
		day = of;
		const who = `${bubble.by} ${bubble.from?.id ?? ''}`;
		const isFirst = who !== previous;
		previous = who;
		items.push({
			key: bubble.id,
			stamp: [bubble, isFirst, chat.acts, account.statuses],
			make: () => article(bubble, isFirst, account, chat),
		});
	}
	if (items.length === 0 && account && chat)
		items.push({ key: 'empty', stamp: [chat.name, account.name], make: () => empty(account, chat) });
	sync(parent, items);
	isAtEnd = wasAtEnd;
	keepAtEnd();
	requestAnimationFrame(() => parent.setAttribute('aria-live', 'polite'));
}

function empty(account, chat) {
	const who = chat.isGroup ? 'a member of this group' : nameOf(chat);
	return h(
		'div',
		{ className: 'empty' },
		h('p', {}, h('strong', {}, `You are ${who}.`)),
		h(
			'p',
			{},
			account.acts.length > 0
				? `Your messages reach ${account.name} as ${account.label} webhooks. Messages from your workflows appear here.`
				: 'Messages from your workflows appear here.',
		),
	);
}

function article(bubble, isFirst, account, chat) {
	const isCustomer = bubble.by === 'customer';
	const author = isCustomer ? (bubble.from?.name ?? 'Customer') : account.name;
	const said = bubble.isDeleted ? 'Deleted message' : summary(bubble.content);
	const showsAuthor = isFirst && (!isCustomer || chat.isGroup);
	return h(
		'article',
		{
			className: `bubble ${isCustomer ? 'mine' : 'theirs'}${isFirst ? ' first' : ''}${bubble.isDeleted ? ' deleted' : ''} kind-${/^\w+$/.test(bubble.content.kind) ? bubble.content.kind : 'other'}`,
			'aria-label': `${author}, ${time(bubble.at)}: ${said}`,
			'data-bubble': bubble.id,
		},
		showsAuthor
			? h('div', { className: 'author' }, isCustomer ? author : `${account.name} · ${account.label}`)
			: undefined,
		bubble.content.quoted ? quote(bubble.content.quoted, account) : undefined,
		bubble.isDeleted ? h('p', { className: 'text gone' }, 'This message was deleted.') : body(bubble, chat),
		footer(bubble),
		bubble.reactions.length > 0
			? h(
					'div',
					{ className: 'reactions', 'aria-label': 'Reactions' },
					bubble.reactions.map(({ emoji, by }) => h('span', { title: `+${by}` }, emoji)),
				)
			: undefined,
		actions(bubble, account, chat),
	);
}

function quote({ text, byAccount }, account) {
	return h(
		'blockquote',
		{},
		h('span', { className: 'author' }, byAccount ? account.name : 'Customer'),
		h('span', {}, text || 'A message'),
	);
}

function body({ content, id }, chat) {
	const { kind, text, file, location, contact, options } = content;
	const parts = [];
	if (file) parts.push(fileOf(kind, file));
	if (location) parts.push(placeOf(location));
	if (contact)
		parts.push(
			h(
				'div',
				{ className: 'card' },
				icon('person'),
				h('div', {}, h('strong', {}, contact.name), h('small', {}, contact.phone)),
			),
		);
	if (kind === 'call')
		parts.push(
			h(
				'div',
				{ className: 'card' },
				icon(/video/i.test(text ?? '') ? 'video' : 'phone'),
				h('strong', {}, text ?? 'Call'),
			),
		);
	else if (text)
		parts.push(
			h('div', { className: 'text', dir: 'auto' }, textNodes(text, { isCode: kind === 'code', onCode: copy })),
		);
	if (options) parts.push(poll(id, options, chat));
	if (parts.length === 0) parts.push(h('p', { className: 'text gone' }, kind === 'text' ? 'Empty message' : kind));
	else if (!file && !location && !contact && !options && !['text', 'code', 'call', 'choice'].includes(kind))
		parts.unshift(h('span', { className: 'kind' }, kind));
	return h('div', { className: 'body' }, parts);
}

/** Only the sandbox's own files are shown: an image from elsewhere would tell its server that someone is looking. */
function fileOf(kind, { url, name, mimeType }) {
	let own;
	try {
		const target = new URL(url ?? '', location.href);
		own =
			url &&
			target.pathname.startsWith('/files/') &&
			['127.0.0.1', 'localhost', '[::1]'].includes(target.hostname)
				? target.pathname
				: undefined;
	} catch {
		own = undefined;
	}
	const label = name ?? { image: 'Photo', video: 'Video', voice: 'Voice note', sticker: 'Sticker' }[kind] ?? 'File';
	if (own && (kind === 'image' || kind === 'sticker'))
		return h(
			'a',
			{ href: own, target: '_blank', rel: 'noopener noreferrer' },
			h('img', { src: own, alt: label, className: kind === 'sticker' ? 'sticker' : 'picture' }),
		);
	if (own && kind === 'voice')
		return h(
			'div',
			{ className: 'media' },
			h('audio', { src: own, controls: true, preload: 'metadata', title: label }),
		);
	if (own && kind === 'video')
		return h(
			'div',
			{ className: 'media' },
			h('video', { src: own, controls: true, preload: 'metadata', title: label }),
		);
	const card = [
		icon(kind === 'document' ? 'file' : kind),
		h(
			'div',
			{},
			h('strong', {}, label),
			h(
				'small',
				{},
				[mimeType?.split(';')[0], url ? undefined : 'the content is not stored here']
					.filter(Boolean)
					.join(' · '),
			),
		),
	];
	if (!url) return h('div', { className: 'card' }, card);
	const opened = link(own ? new URL(own, location.href).href : url, '');
	if (typeof opened === 'string') return h('div', { className: 'card' }, card);
	opened.classList.add('card');
	opened.append(...card);
	return opened;
}

function placeOf({ latitude, longitude, name }) {
	const at = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
	const map = link(
		`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`,
		'Open map',
	);
	return h(
		'div',
		{ className: 'card place' },
		icon('pin'),
		h('div', {}, h('strong', {}, name ?? 'Location'), h('small', {}, at, ' · ', map)),
	);
}

function poll(id, options, chat) {
	const canChoose = chat.acts.includes('choice');
	return h(
		'div',
		{ className: 'poll', role: 'group', 'aria-label': 'Answers' },
		options.map((text) =>
			canChoose
				? h(
						'button',
						{ type: 'button', className: 'choice', onclick: () => act({ do: 'choice', target: id, text }) },
						text,
					)
				: h('span', { className: 'choice' }, text),
		),
	);
}

function footer({ at, by, isEdited, sent, webhook }) {
	const parts = [isEdited ? h('span', {}, 'edited') : undefined];
	// A workflow's message has an outcome; without one, a person wrote it.
	if (by === 'account' && !sent) parts.push(h('span', {}, 'written on the phone'));
	if (sent?.scheduledAt && sent.status === 'scheduled')
		parts.push(h('span', {}, `scheduled for ${momentOf(new Date(sent.scheduledAt))}`));
	if (sent?.note && sent.status !== 'read') parts.push(h('span', {}, sent.note));
	if (webhook && ['refused', 'unreachable', 'unregistered'].includes(webhook.state))
		parts.push(h('span', { className: 'failed' }, OUTCOME_WORDS[webhook.state]));
	parts.push(h('time', { dateTime: new Date(at).toISOString(), title: exactTime(at) }, time(at)));
	if (sent) parts.push(tick(STATUS_ICONS[sent.status], STATUS_WORDS[sent.status], sent.status));
	if (webhook) {
		const name = { posting: 'clock', received: 'checks' }[webhook.state] ?? 'alert';
		parts.push(
			tick(name, `${OUTCOME_WORDS[webhook.state]}${webhook.detail ? `: ${webhook.detail}` : ''}`, webhook.state),
		);
	}
	return h('footer', {}, parts);
}

function tick(name, label, state) {
	return h('span', { className: `tick ${state}`, role: 'img', 'aria-label': label, title: label }, icon(name));
}

async function copy(text) {
	try {
		await navigator.clipboard.writeText(text);
		toast(`Copied ${text.slice(0, 40)}`);
	} catch {
		toast('The browser does not allow copying.');
	}
}

function actions(bubble, account, chat) {
	const open = (event) => openMenu(event.currentTarget, 'Message', menuOf(bubble, account, chat));
	return iconButton('more', `Actions for: ${summary(bubble.content).slice(0, 60)}`, open, {
		className: 'icon-button bubble-menu',
		'aria-haspopup': 'menu',
		'data-focus': `actions ${bubble.id}`,
	});
}

function menuOf(bubble, account, chat) {
	const can = (name) => chat.acts.includes(name) && !bubble.isDeleted;
	const items = [];
	if (can('reaction') && bubble.messageId) {
		const own = bubble.reactions.find(({ by }) => by === writerOf(chat).id)?.emoji;
		items.push({
			label: 'React',
			row: EMOJI.map((emoji) => ({
				label: emoji === own ? `Remove ${emoji}` : `React with ${emoji}`,
				text: emoji,
				run: () => act({ do: 'reaction', target: bubble.id, emoji: emoji === own ? '' : emoji }),
			})),
		});
	}
	const toComposer = (change) => {
		update({ replyTo: undefined, editing: undefined, ...change });
		document.getElementById('text')?.focus();
	};
	if (can('reply') && bubble.messageId)
		items.push({ label: 'Reply', icon: 'reply', run: () => toComposer({ replyTo: bubble.id }) });
	if (can('edit') && bubble.by === 'customer' && bubble.messageId && bubble.content.kind === 'text')
		items.push({ label: 'Edit', icon: 'edit', run: () => toComposer({ editing: bubble.id }) });
	if (can('delete') && bubble.by === 'customer' && bubble.messageId)
		items.push({
			label: 'Delete for everyone',
			icon: 'trash',
			run: () => act({ do: 'delete', target: bubble.id }),
		});
	if (bubble.sent && account.statuses.length > 0) {
		items.push({ heading: 'Set status' });
		for (const status of account.statuses)
			items.push({
				label: STATUS_WORDS[status],
				icon: STATUS_ICONS[status],
				run: () => attempt(() => api.status(account.provider, bubble.id, status)),
			});
	}
	if (bubble.content.text) items.push({ label: 'Copy text', icon: 'copy', run: () => copy(bubble.content.text) });
	if (items.length === 0) items.push({ heading: 'No actions for this message' });
	return items;
}
