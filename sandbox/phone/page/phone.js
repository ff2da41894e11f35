/* Puts the page together: what is selected, the sandbox's data, and the parts that draw it. */
import { api, follow } from './api.js';
import { drawChat } from './bubbles.js';
import { drawComposer } from './composer.js';
import { h, toast } from './dom.js';
import { drawDrawer } from './drawer.js';
import { drawHeader } from './header.js';
import { drawSidebar } from './sidebar.js';
import { nameOf } from './text.js';

/** Everything the parts draw from; they change it with `update`. */
const state = {
	accounts: [],
	chats: [],
	/** `provider/device` and the id of a chat. */
	account: undefined,
	chat: undefined,
	replyTo: undefined,
	editing: undefined,
	/** Who writes as the customer in a group, by chat. */
	writers: {},
	/** The chats in which the account itself writes, by account and chat. */
	own: {},
	/** Chats started here that are still empty, by account. */
	begun: {},
	/** How many messages of each account and chat were seen. */
	seen: {},
	drawer: undefined,
	faults: [],
	log: [],
	/** The stream from the sandbox is open. */
	isLive: false,
	qr: undefined,
	view: 'list',
};

export const keyOf = ({ provider, id }) => `${provider}/${id}`;

export function current() {
	const account = state.accounts.find((one) => keyOf(one) === state.account);
	const chat = account && state.chats.find(({ id }) => id === state.chat);
	return { account, chat };
}

/** Changes the selection and redraws. */
export function update(change) {
	Object.assign(state, change);
	draw();
}

/** Opens a chat of an account. */
export function open(account, chat, view = 'chat') {
	const other = account !== state.account;
	Object.assign(state, {
		account,
		chat,
		view,
		replyTo: undefined,
		editing: undefined,
		...(other ? { chats: [], qr: undefined } : {}),
	});
	try {
		sessionStorage.setItem('open', JSON.stringify([account, chat]));
	} catch {
		// Without storage, the browser does not remember the chat.
	}
	draw();
	if (other) void refresh();
}

/** Calls the control API, and shows the error if that fails. */
export async function attempt(work) {
	try {
		return await work();
	} catch (error) {
		toast(error instanceof Error ? error.message : String(error));
		return undefined;
	}
}

/** Says something to screen readers. */
export function announce(text) {
	document.getElementById('announcements').textContent = text;
}

function draw() {
	const { account, chat } = current();
	document.body.dataset.view = state.view;
	document.body.classList.toggle('with-drawer', state.drawer !== undefined);
	document.title = `${chat ? `${nameOf(chat)} – ` : ''}Phone – sandbox`;
	// On a small screen, the chat behind the list has not been seen.
	if (chat && (state.view === 'chat' || innerWidth > 760))
		state.seen[`${state.account} ${chat.id}`] = chat.bubbles.length;
	if (account && (state.view === 'chat' || innerWidth > 760)) state.seen[state.account] = account.sentCount;
	drawSidebar(document.getElementById('accounts'), state);
	drawHeader(document.getElementById('chat-header'), document.getElementById('banner'), state);
	drawChat(document.getElementById('messages'), state);
	drawComposer(document.getElementById('composer'), state);
	drawDrawer(document.getElementById('drawer'), state);
}

let isRunning = false;
let isDue = false;

/** Reads everything that is shown; one read at a time, and one more if something changed in between. */
export async function refresh() {
	isDue = true;
	if (isRunning) return;
	isRunning = true;
	try {
		while (isDue) {
			isDue = false;
			state.accounts = await api.accounts();
			choose();
			const account = state.accounts.find((one) => keyOf(one) === state.account);
			if (account === undefined) break;
			const [chats, faults, log, qr] = await Promise.all([
				api.chats(account),
				api.faults(),
				state.drawer === 'log' ? api.log(account.provider) : state.log,
				account.hasQrCode ? api.qr(account) : { rows: undefined },
			]);
			// Another account was opened while this one was read.
			if (keyOf(account) !== state.account) continue;
			const listed = new Set(chats.map(({ id }) => id));
			state.begun[state.account] = (state.begun[state.account] ?? []).filter(({ id }) => !listed.has(id));
			state.chats = [
				...chats,
				...state.begun[state.account].map((chat) => ({
					...chat,
					acts: account.acts,
					ownActs: account.ownActs,
					presence: null,
					bubbles: [],
				})),
			];
			Object.assign(state, { faults, log, qr: qr.rows ?? undefined });
			if (!state.chats.some(({ id }) => id === state.chat)) state.chat = state.chats[0]?.id;
			draw();
		}
	} catch {
		// The stream shows that the sandbox is gone, and refreshes when it is back.
	} finally {
		isRunning = false;
	}
}

/** Keeps the selected account, or picks the last one opened, or the first that can receive. */
function choose() {
	const exists = (key) => state.accounts.some((one) => keyOf(one) === key);
	if (exists(state.account)) return;
	let [account, chat] = [undefined, undefined];
	try {
		[account, chat] = JSON.parse(sessionStorage.getItem('open') ?? '[]');
	} catch {
		// What is stored is not ours.
	}
	const first =
		state.accounts.find((one) => one.isConnected && one.webhook !== null) ??
		state.accounts.find((one) => one.isConnected) ??
		state.accounts[0];
	state.account = exists(account) ? account : first && keyOf(first);
	state.chat = exists(account) ? chat : undefined;
}

const live = document.getElementById('live');
follow(
	() => void refresh(),
	(isLive) => {
		live.textContent = isLive ? 'Live' : 'Not connected';
		live.classList.toggle('on', isLive);
		state.isLive = isLive;
		if (state.accounts.length > 0) draw();
	},
);
void refresh();

document.addEventListener('keydown', (event) => {
	if (event.key !== 'Escape' || document.querySelector('dialog, .menu')) return;
	if (state.replyTo !== undefined || state.editing !== undefined) update({ replyTo: undefined, editing: undefined });
	else if (state.drawer !== undefined) update({ drawer: undefined });
});
addEventListener('resize', () => draw());
document.getElementById('messages').append(h('p', { className: 'empty' }, 'Loading…'));
