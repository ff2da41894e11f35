/* The left column: accounts by provider, and the chats of the open one. */
import { ask, avatar, h, icon, sync } from './dom.js';
import { keyOf, open, refresh, update } from './phone.js';
import { nameOf, phoneNumber, summary, time } from './text.js';

export function drawSidebar(parent, state) {
	const providers = [...new Set(state.accounts.map(({ provider }) => provider))];
	sync(
		parent,
		providers.map((provider) => {
			const accounts = state.accounts.filter((one) => one.provider === provider);
			const isOpen = accounts.some((one) => keyOf(one) === state.account);
			const stamp = [
				accounts.map((one) => [one.id, one.name, one.status, one.number, one.webhook, unseen(state, one)]),
				isOpen && [
					state.account,
					state.chat,
					state.chats.map((chat) => [
						chat.id,
						chat.name,
						chat.bubbles.length,
						chat.bubbles.at(-1),
						unread(state, chat),
						chat.presence,
					]),
				],
			];
			return { key: provider, stamp, make: () => section(accounts, state) };
		}),
	);
}

function section(accounts, state) {
	const [{ label }] = accounts;
	return h(
		'section',
		{ 'aria-label': label },
		h('h2', {}, label),
		accounts.map((account) => accountRow(account, state)),
	);
}

const unseen = (state, account) => Math.max(0, account.sentCount - (state.seen[keyOf(account)] ?? 0));

const unread = (state, chat) =>
	chat.bubbles.slice(state.seen[`${state.account} ${chat.id}`] ?? 0).filter(({ by }) => by === 'account').length;

function accountRow(account, state) {
	const isOpen = keyOf(account) === state.account;
	const count = isOpen ? 0 : unseen(state, account);
	const detail = [
		account.number && phoneNumber(account.number),
		account.isConnected ? account.webhook && 'listening' : 'not connected',
	].filter(Boolean);
	const row = h(
		'button',
		{
			type: 'button',
			className: 'account',
			'aria-expanded': String(isOpen),
			'data-focus': `account ${account.id}`,
			title: account.id,
			onclick: () => (isOpen ? undefined : open(keyOf(account), undefined, 'list')),
		},
		h('span', { className: `dot ${account.isConnected ? 'on' : ''}`, 'aria-hidden': 'true' }),
		h(
			'span',
			{ className: 'grow' },
			h('span', { className: 'name' }, account.name),
			h(
				'span',
				{ className: 'detail' },
				detail.join(' · '),
				account.isConnected ? h('span', { className: 'visually-hidden' }, ' connected') : undefined,
			),
		),
		count > 0 ? h('span', { className: 'badge', 'aria-label': `${count} new` }, String(count)) : undefined,
	);
	return h(
		'div',
		{ className: `account-block${isOpen ? ' open' : ''}` },
		row,
		isOpen ? chatList(account, state) : undefined,
	);
}

function chatList(account, state) {
	const latest = ({ bubbles }) => bubbles.at(-1)?.at ?? 0;
	const chats = [...state.chats].sort((one, other) => latest(other) - latest(one));
	return h(
		'ul',
		{ className: 'chats', 'aria-label': `Chats of ${account.name}` },
		chats.map((chat) => h('li', {}, chatRow(chat, state))),
		account.acts.length > 0 ? h('li', {}, newChat(account, state)) : undefined,
	);
}

function chatRow(chat, state) {
	const last = chat.bubbles.at(-1);
	const count = unread(state, chat);
	const isCurrent = chat.id === state.chat;
	return h(
		'button',
		{
			type: 'button',
			className: 'chat-row',
			'data-focus': `chat ${chat.id}`,
			'data-chat': chat.id,
			...(isCurrent ? { 'aria-current': 'true' } : {}),
			onclick: () => open(state.account, chat.id),
		},
		avatar(nameOf(chat), chat.isGroup),
		h(
			'span',
			{ className: 'grow' },
			h(
				'span',
				{ className: 'name' },
				nameOf(chat),
				chat.channel ? h('span', { className: 'channel' }, chat.channel) : undefined,
			),
			h(
				'span',
				{ className: 'detail' },
				chat.presence
					? h('span', { className: 'typing' }, chat.presence === 'recording' ? 'recording audio…' : 'typing…')
					: last
						? `${last.by === 'customer' ? '→ ' : ''}${last.isDeleted ? 'Deleted' : summary(last.content)}`
						: chat.isGroup
							? 'Group'
							: phoneNumber(chat.id),
			),
		),
		h(
			'span',
			{ className: 'side' },
			last ? h('time', {}, time(last.at)) : undefined,
			count > 0 ? h('span', { className: 'badge', 'aria-label': `${count} new` }, String(count)) : undefined,
		),
	);
}

function newChat(account, state) {
	const onclick = async () => {
		const given = await ask(
			'Write as someone else',
			[
				{ name: 'name', label: 'Name', value: 'Jamie', required: true },
				{
					name: 'number',
					label: 'Phone number with country code',
					value: '6281200000042',
					type: 'tel',
					required: true,
				},
			],
			'Start chat',
		);
		const id = given?.number.replace(/\D/g, '');
		if (!id) return;
		const key = keyOf(account);
		state.begun[key] = [...(state.begun[key] ?? []), { id, name: given.name, isGroup: false }];
		update({ chat: id, view: 'chat' });
		await refresh();
		document.getElementById('text')?.focus();
	};
	return h(
		'button',
		{ type: 'button', className: 'chat-row new', 'data-focus': 'new', onclick },
		h('span', { className: 'avatar plus', 'aria-hidden': 'true' }, icon('plus')),
		h('span', { className: 'grow' }, 'New chat'),
	);
}
