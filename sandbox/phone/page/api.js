/* The control API: the only thing this page talks to. */

async function call(method, path, body) {
	const answer = await fetch(`/control${path}`, {
		method,
		...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
	});
	const text = await answer.text();
	const json = text === '' ? undefined : JSON.parse(text);
	if (!answer.ok) throw new Error(json?.error ?? `The sandbox returned HTTP ${answer.status}.`);
	return json;
}

const at = encodeURIComponent;

export const api = {
	accounts: () => call('GET', '/accounts'),
	chats: ({ provider, id }) => call('GET', `/chats?provider=${at(provider)}&device=${at(id)}`),
	log: (provider) => call('GET', `/log?limit=80&provider=${at(provider)}`),
	faults: () => call('GET', '/faults'),
	addFault: (fault) => call('POST', '/faults', fault),
	removeFault: (id) => call('DELETE', `/faults/${id}`),
	clearFaults: () => call('DELETE', '/faults'),
	customer: (provider, act) => call('POST', `/${at(provider)}/customer`, act),
	status: (provider, bubble, status) => call('POST', `/${at(provider)}/bubbles/${bubble}/status`, { status }),
	connect: ({ provider, id }, connected) =>
		call('POST', `/${at(provider)}/devices/${at(id)}/connected`, { connected }),
	qr: ({ provider, id }) => call('GET', `/${at(provider)}/devices/${at(id)}/qr`),
	again: (provider) => call('POST', `/${at(provider)}/webhook/again`),
	providers: () => call('GET', '/providers'),
	/** What can be played by name, in groups; older sandboxes only have a list of events. */
	async playable(provider) {
		try {
			return await call('GET', `/${at(provider)}/incoming`);
		} catch {
			const events = (await api.providers()).find(({ name }) => name === provider)?.events ?? [];
			return { events };
		}
	},
	play: (provider, body) => call('POST', `/${at(provider)}/incoming`, body),
};

/** Calls a function after each change, and whenever the connection comes back. */
export function follow(onChange, onState) {
	const source = new EventSource('/control/stream');
	source.addEventListener('changed', onChange);
	source.addEventListener('open', () => onState(true));
	source.addEventListener('error', () => onState(false));
}
