/* The bar above a chat, and notices about its account. */
import { api } from './api.js';
import { avatar, h, icon, iconButton, openMenu, sync } from './dom.js';
import { attempt, current, update } from './phone.js';
import { nameOf, phoneNumber } from './text.js';

const PRESENCE_WORDS = { composing: 'typing', recording: 'recording audio' };

export function drawHeader(bar, banner, state) {
	const { account, chat } = current();
	const facts = account && [account.label, account.name, account.isConnected, account.isDevice, account.webhook];
	sync(bar, [
		{
			key: 'bar',
			stamp: [facts, chat?.id, chat?.name, chat?.acts, chat?.presence, state.drawer, state.faults.length],
			make: () => contents(account, chat, state),
		},
	]);
	const items = [];
	if (account && !account.isConnected)
		items.push({
			key: 'out',
			stamp: [account.name, account.status, state.qr],
			make: () => loggedOut(account, state),
		});
	else if (account && account.isDevice && account.webhook === null && account.acts.length > 0) {
		items.push({ key: 'deaf', stamp: account.label, make: () => notListening(account) });
	}
	sync(banner, items);
}

function contents(account, chat, state) {
	const back = iconButton('back', 'Back to the list', () => update({ view: 'list' }), {
		className: 'icon-button back',
		'data-focus': 'back',
	});
	const isOpen = state.drawer !== undefined;
	const trouble = h(
		'button',
		{
			type: 'button',
			className: `button tool${state.faults.length > 0 ? ' armed' : ''}`,
			'aria-label': state.faults.length > 0 ? `Trouble & log, ${state.faults.length} active` : 'Trouble & log',
			'aria-expanded': String(isOpen),
			'aria-controls': 'drawer',
			'data-focus': 'trouble',
			onclick: () => update({ drawer: isOpen ? undefined : 'trouble' }),
		},
		icon('trouble'),
		h('span', { className: 'wide' }, 'Trouble & log'),
		state.faults.length > 0 ? h('span', { className: 'badge' }, String(state.faults.length)) : undefined,
	);
	if (!account || !chat) return h('div', { className: 'bar-row' }, back, h('div', { className: 'grow' }), trouble);
	const as = chat.isGroup ? 'Group' : chat.id.includes(':') ? (chat.channel ?? '') : phoneNumber(chat.id);
	return h(
		'div',
		{ className: 'bar-row' },
		back,
		avatar(nameOf(chat), chat.isGroup),
		h(
			'div',
			{ className: 'grow' },
			h('h2', { className: 'name' }, nameOf(chat)),
			chat.presence
				? h('p', { className: 'detail typing' }, `${account.name} is ${PRESENCE_WORDS[chat.presence]}…`)
				: h('p', { className: 'detail' }, `${as} · writes to ${account.name} (${account.label})`),
		),
		account.isDevice
			? iconButton('more', 'Account', (event) => openMenu(event.currentTarget, 'Account', accountMenu(account)), {
					'aria-haspopup': 'menu',
					'data-focus': 'account',
				})
			: undefined,
		trouble,
	);
}

function accountMenu(account) {
	const { isConnected, label } = account;
	return [
		{ heading: `${account.name} · ${account.status}` },
		isConnected
			? {
					label: 'Log out',
					hint: 'Disconnects the phone',
					icon: 'close',
					run: () => attempt(() => api.connect(account, false)),
				}
			: {
					label: 'Log in',
					hint: 'Same as scanning the QR code',
					icon: 'check',
					run: () => attempt(() => api.connect(account, true)),
				},
		{
			label: 'Deliver the last webhook again',
			hint: `As ${label} does when it gets no response`,
			icon: 'again',
			run: () => attempt(() => api.again(account.provider)),
		},
	];
}

function loggedOut(account, state) {
	return h(
		'div',
		{ className: 'banner', role: 'group', 'aria-label': 'Logged out' },
		state.qr ? qrCode(state.qr) : undefined,
		h(
			'div',
			{ className: 'grow' },
			h('strong', {}, `${account.name} is not connected`),
			h('p', {}, state.qr ? 'This is its QR code. Log in to scan it.' : 'It cannot send or receive messages.'),
		),
		account.isDevice
			? h(
					'button',
					{
						type: 'button',
						className: 'button primary',
						'data-focus': 'login',
						onclick: () => attempt(() => api.connect(account, true)),
					},
					'Log in',
				)
			: undefined,
	);
}

function notListening(account) {
	return h(
		'div',
		{ className: 'banner quiet' },
		h(
			'div',
			{ className: 'grow' },
			h('strong', {}, 'No workflow is listening'),
			h(
				'p',
				{},
				`Publish a workflow with a ${account.label} Trigger, or click `,
				h('em', {}, 'Execute step'),
				' in one. Messages you write here will then start it.',
			),
		),
	);
}

/** A QR code drawn from rows of 0 and 1. */
function qrCode(rows) {
	const canvas = h('canvas', {
		className: 'qr',
		width: (rows.length + 8) * 4,
		height: (rows.length + 8) * 4,
		role: 'img',
		'aria-label': 'QR code',
	});
	const pen = canvas.getContext('2d');
	pen.fillStyle = '#fff';
	pen.fillRect(0, 0, canvas.width, canvas.height);
	pen.fillStyle = '#000';
	rows.forEach((row, y) => [...row].forEach((bit, x) => bit === '1' && pen.fillRect((x + 4) * 4, (y + 4) * 4, 4, 4)));
	return canvas;
}
