/* The right column: what can go wrong, and every request and webhook. */
import { api } from './api.js';
import { h, icon, iconButton, sync } from './dom.js';
import { attempt, current, refresh, update } from './phone.js';
import { exactTime } from './text.js';

const TROUBLES = [
	{
		label: 'Drop before acceptance',
		hint: 'The connection closes before anything is sent.',
		fault: { kind: 'dropBefore' },
	},
	{
		label: 'Drop after acceptance',
		hint: 'The message is sent, but the response is lost.',
		fault: { kind: 'dropAfter' },
	},
	{
		label: 'Too many requests',
		hint: '429 with a Retry-After of 5 seconds.',
		fault: { kind: 'status', status: 429, headers: { 'Retry-After': '5' } },
	},
	{ label: 'Server error', hint: '500. Nothing is sent.', fault: { kind: 'status', status: 500 } },
	{ label: 'Web page', hint: 'A maintenance page instead of a response.', fault: { kind: 'html' } },
	{ label: 'Slow', hint: 'The response takes 10 seconds.', fault: { kind: 'latency', ms: 10000 } },
	{ label: 'Wrong key', hint: 'The key is rejected.', fault: 'wrongKey' },
];
const TIMES = { 1: 'The next request', 3: 'The next 3 requests', always: 'Every request, until removed' };
const NAMES = {
	dropBefore: 'dropped before acceptance',
	dropAfter: 'dropped after acceptance',
	status: 'error status',
	html: 'web page',
	latency: 'slow',
	bodyError: 'refused',
	truncated: 'cut off',
	dropDuring: 'dropped during the response',
	hang: 'no response',
	chaos: 'random trouble',
};

let times = '1';

export function drawDrawer(aside, state) {
	const { account } = current();
	aside.hidden = state.drawer === undefined || !account;
	if (aside.hidden) {
		aside.replaceChildren();
		return;
	}
	const isLog = state.drawer === 'log';
	const items = [
		{ key: 'head', stamp: [state.drawer, account.label], make: () => head(state, account) },
		isLog
			? {
					key: 'log',
					stamp: 'log',
					make: () =>
						h(
							'div',
							{ className: 'panel', id: 'panel', role: 'tabpanel', 'aria-labelledby': 'tab-log' },
							h('ol', { className: 'log' }),
						),
				}
			: {
					key: 'trouble',
					stamp: [account.provider, account.id, account.isConnected, state.faults, times],
					make: () => trouble(account, state),
				},
	];
	sync(aside, items);
	if (isLog) drawLog(aside.querySelector('.log'), state, account);
}

function head(state, account) {
	const tab = (name, label) => {
		const isOn = state.drawer === name;
		const select = () => {
			update({ drawer: name });
			void refresh();
		};
		const onkeydown = (event) => {
			if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
			const other = name === 'log' ? 'trouble' : 'log';
			update({ drawer: other });
			void refresh();
			document.getElementById(`tab-${other}`)?.focus();
		};
		return h(
			'button',
			{
				type: 'button',
				role: 'tab',
				id: `tab-${name}`,
				'aria-selected': String(isOn),
				'aria-controls': 'panel',
				tabIndex: isOn ? 0 : -1,
				'data-focus': `tab ${name}`,
				onclick: select,
				onkeydown,
			},
			label,
		);
	};
	return h(
		'div',
		{ className: 'bar' },
		h(
			'div',
			{ className: 'tabs', role: 'tablist', 'aria-label': `${account.label}: trouble and log` },
			tab('trouble', 'Trouble'),
			tab('log', 'Log'),
		),
		h('span', { className: 'grow' }),
		iconButton(
			'close',
			'Close',
			() => {
				update({ drawer: undefined });
				document.querySelector('[data-focus=trouble]')?.focus();
			},
			{ 'data-focus': 'close' },
		),
	);
}

function trouble(account, state) {
	const { provider, label } = account;
	const set = (fault) =>
		attempt(async () => {
			await api.addFault({
				...(fault === 'wrongKey' ? account.wrongKey : fault),
				provider,
				times: times === 'always' ? 'always' : Number(times),
			});
			await refresh();
		});
	const choose = h(
		'select',
		{ id: 'times', 'data-focus': 'times', onchange: ({ target }) => (times = target.value) },
		Object.entries(TIMES).map(([value, text]) => h('option', { value, selected: value === times }, text)),
	);
	return h(
		'div',
		{ className: 'panel', id: 'panel', role: 'tabpanel', 'aria-labelledby': 'tab-trouble' },
		h('p', { className: 'lead' }, `Choose what goes wrong with requests to ${label}.`),
		h('label', { for: 'times' }, 'Affects'),
		choose,
		h(
			'div',
			{ className: 'troubles' },
			TROUBLES.map(({ label: name, hint, fault }) =>
				h(
					'button',
					{ type: 'button', className: 'trouble', 'data-focus': name, onclick: () => set(fault) },
					h('strong', {}, name),
					h('small', {}, hint),
				),
			),
		),
		faults(state),
		h('h3', {}, 'Device'),
		account.isDevice
			? h(
					'button',
					{
						type: 'button',
						className: 'button',
						'data-focus': 'device',
						onclick: () => attempt(() => api.connect(account, !account.isConnected)),
					},
					account.isConnected ? `Disconnect ${account.name}` : `Connect ${account.name}`,
				)
			: h('p', { className: 'hint' }, 'This account has no device to disconnect.'),
		h('h3', {}, 'Webhook'),
		h('p', { className: 'hint url' }, account.webhook ?? 'No webhook is registered.'),
		h(
			'button',
			{
				type: 'button',
				className: 'button',
				'data-focus': 'again',
				onclick: () => attempt(() => api.again(provider)),
			},
			icon('again'),
			'Deliver the last webhook again',
		),
	);
}

function faults(state) {
	const list = state.faults;
	if (list.length === 0) return h('p', { className: 'hint' }, 'Nothing is set: all requests work.');
	return h(
		'div',
		{ className: 'set' },
		h('h3', {}, 'Active now'),
		h(
			'ul',
			{},
			list.map(({ id, kind, target, left }) =>
				h(
					'li',
					{},
					h(
						'span',
						{ className: 'grow' },
						h('strong', {}, NAMES[kind] ?? kind),
						h(
							'small',
							{},
							[
								state.accounts.find(({ provider }) => provider === target.provider)?.label ??
									'All providers',
								left === null ? 'until removed' : `${left} left`,
							].join(' · '),
						),
					),
					iconButton('close', `Remove ${NAMES[kind] ?? kind}`, () =>
						attempt(async () => (await api.removeFault(id), await refresh())),
					),
				),
			),
		),
		list.length > 1
			? h(
					'button',
					{
						type: 'button',
						className: 'button',
						onclick: () => attempt(async () => (await api.clearFaults(), await refresh())),
					},
					'Remove all',
				)
			: undefined,
	);
}

function drawLog(list, state, account) {
	const entries = [...state.log].reverse().filter(({ provider }) => provider === account.provider);
	const empty = state.isLive
		? `No requests to ${account.label} and no webhooks from it yet.`
		: 'The sandbox is not running, so the log cannot be loaded.';
	sync(
		list,
		entries.length === 0
			? [
					{
						key: 'none',
						stamp: empty,
						make: () => h('li', { className: 'hint' }, empty),
					},
				]
			: entries.map((entry) => ({
					key: entry.id,
					stamp: entry,
					make: () => h('li', {}, entryOf(entry, account)),
				})),
	);
}

function entryOf(entry, { label }) {
	const isRequest = entry.kind === 'request';
	const code = Number(entry.outcome);
	const tone = code >= 200 && code < 300 ? 'good' : entry.outcome === 'pending' ? '' : 'bad';
	const block = (name, text) =>
		text ? [h('h4', {}, name), h('pre', { tabIndex: 0, 'aria-label': name }, text)] : [];
	const headers = Object.entries(entry.headers)
		.map(([name, value]) => `${name}: ${value}`)
		.join('\n');
	return h(
		'details',
		{},
		h(
			'summary',
			{},
			h(
				'span',
				{ className: 'log-line' },
				h('span', { className: `way ${entry.kind}` }, isRequest ? `to ${label}` : `webhook`),
				h('time', {}, exactTime(entry.at)),
				h('span', { className: `outcome ${tone}` }, entry.outcome),
			),
			h('span', { className: 'log-target' }, `${entry.method} ${entry.target}`),
			entry.fault
				? h(
						'span',
						{ className: 'log-fault' },
						entry.fault
							.split('+')
							.map((name) => NAMES[name] ?? name)
							.join(', '),
					)
				: undefined,
		),
		...block('Body', entry.body),
		...block('Headers', headers),
		...block(entry.ms === null ? 'Response' : `Response after ${entry.ms} ms`, entry.response),
	);
}
