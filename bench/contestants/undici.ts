/* The limit. Nothing of n8n is loaded here. */
import { Agent, request } from 'undici';
import { READS_AT_ONCE } from '../jobs';
import { chataloPaths, DEVICE, ensureCount, KEYS, recipients, type Running } from './items';

/** No n8n, no parameters, no checks; nothing but requests over connections that are kept. */
export function startUndici(): Running {
	const dispatchers: Agent[] = [];
	return {
		run: async (effect, items, address) => {
			const connections = effect === 'reads' ? READS_AT_ONCE : 1;
			const dispatcher = new Agent({ connections, pipelining: 1 });
			dispatchers.push(dispatcher);
			const results: unknown[] = [];
			const todo = recipients(items).entries();
			const work = async (): Promise<void> => {
				for (const [index, { json }] of todo) {
					const sent = effect === 'sends' ? { type: 'text', message: json.text } : {};
					const { body } = await request(address + chataloPaths[effect], {
						method: 'POST',
						headers: {
							accept: 'application/json, */*;q=0.5',
							'content-type': 'application/json',
							'x-public-key': KEYS.publicKey,
							'x-secret-key': KEYS.secretKey,
						},
						body: JSON.stringify({ device_id: DEVICE, number: json.phone, ...sent }),
						dispatcher,
					});
					results[index] = await body.json();
				}
			};
			await Promise.all(Array.from({ length: connections }, work));
			ensureCount(results.length, items);
			return results;
		},
		close: async () => {
			for (const dispatcher of dispatchers) await dispatcher.close();
		},
	};
}
