import { setTimeout as sleep } from 'node:timers/promises';
import { posted, sample, useSignedTrigger } from './calls';

const trigger = useSignedTrigger();

/** How often a number was requested from Wapio. */
const lookUps = (): number =>
	trigger
		.control()
		.requests()
		.filter(({ path }) => path.includes('/pn-from-lid/')).length;

it('leaves no abandoned look-up behind: it would take up room that sends need', async () => {
	const headers = { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '10' };
	const body = { success: false, message: 'No mapping found', reason_code: 'not_found' };
	trigger.control().fault({ kind: 'status', status: 404, path: '/api/pn-from-lid', headers, body });
	const wf = await trigger.publish({ options: { lookUpPhoneNumbers: true } });
	const write = async (index: number): Promise<void> => {
		const call = sample();
		const key = { id: `3EB0${index}`, fromMe: false, remoteJid: `20394857610293${index}@lid` };
		const message = { ...(call.data as { messages: object }).messages, key };
		expect((await posted(wf, { ...call, data: { messages: message } })).status).toBe(200);
	};
	await write(0);
	expect(lookUps()).toBe(1);
	// Wapio's limit is used up for ten seconds, and each of these waits for three.
	await Promise.all([1, 2, 3].map(write));
	await wf.idle();
	expect(wf.executions).toHaveLength(4);
	await sleep(8_000);
	expect(lookUps()).toBe(1);
}, 60_000);
