/* The example that answers quick messages once: 200 chats at the same time, and n8n killed in the middle of them. */
import { readWorkflows } from '../../scripts/n8n/content';
import { sleep, until } from '../../scripts/n8n/process';
import { dropTable, rowsOf } from './support/dataTables';
import { expect, fact, test } from './support/fixtures';
import type { Stage } from './support/stage';

const ids = { main: 'wapioQuickMsgs', sweep: 'wapioQuickSweep' };
const TABLE = 'whatsapp_quick_messages';
const CHATS = 200;
const MESSAGES = 5;
/** In which the messages of a chat are written. */
const WRITING_MS = 10_000;
/** In which all chats begin: at most 17 messages a second. */
const START_MS = 60_000;
/** What the example waits for another message. */
const QUIET_MS = 8_000;
/** Enough for a machine that is busy with other things. */
const PATIENCE_MS = 5 * 60_000;
/** Longer than the time between two runs of the sweep. */
const SWEEP_MS = 70_000;
/** What the documentation promises after a restart. */
const AFTER_RESTART_MS = 2 * 60_000;

const chats = Array.from({ length: CHATS }, (_none, index) => index);
const places = Array.from({ length: MESSAGES }, (_none, index) => index);

const phoneOf = (chat: number) => String(212_610_000_000 + chat);
const idOf = (run: string, chat: number, place: number) =>
	`3EB0${run}${String(chat).padStart(4, '0')}${place}`.padEnd(20, 'F');
const textOf = (chat: number, place: number) => `chat ${chat} message ${place + 1}`;

/** A message, and when it was written. */
interface Written {
	chat: number;
	place: number;
	timestamp: number;
}

/** Delivers a message as Wapio does; returns whether n8n confirmed it. */
async function deliver({ sandbox }: Stage, run: string, { chat, place, timestamp }: Written): Promise<boolean> {
	const { deliveries } = await sandbox.control.play('wapio', 'conversation', {
		phone: phoneOf(chat),
		lid: null,
		id: idOf(run, chat, place),
		text: textOf(chat, place),
		timestamp,
	});
	return deliveries[0]?.status === 200;
}

/** Five messages in every chat; returns those that n8n did not confirm. `startOf` says when a chat begins. */
async function write(stage: Stage, run: string, startOf: (chat: number) => number): Promise<Written[]> {
	const open: Written[] = [];
	await Promise.all(
		chats.map(async (chat) => {
			await sleep(startOf(chat));
			const begin = Date.now();
			const sending = places.map(async (place) => {
				await sleep((place * WRITING_MS) / (MESSAGES - 1));
				const message = { chat, place, timestamp: Math.floor(Date.now() / 1000) };
				if (!(await deliver(stage, run, message))) open.push(message);
			});
			await Promise.all(sending);
			return begin;
		}),
	);
	return open;
}

/** The replies so far, by chat: which messages each of them answers. */
function repliesIn({ sandbox }: Stage): number[][][] {
	const replies: number[][][] = chats.map(() => []);
	for (const { recipient, text } of sandbox.control.messages('wapio')) {
		const chat = chats.find((each) => recipient.startsWith(phoneOf(each)));
		const lines = (text ?? '').split('\n').slice(1);
		if (chat === undefined) continue;
		replies[chat]?.push(lines.map((line) => places.findIndex((place) => line === textOf(chat, place))));
	}
	return replies;
}

/** The example as it is, with an empty table. */
async function begin(stage: Stage): Promise<void> {
	const { api } = stage.n8n;
	const { control } = stage.sandbox;
	control.reset();
	control.setRateLimit('wapio', null);
	await dropTable(api, TABLE);
	await stage.store(readWorkflows().filter(({ id }) => Object.values(ids).includes(id)));
	for (const id of Object.values(ids)) await api.publish(id);
}

const repeated = (list: number[]) => list.filter((each, index) => list.indexOf(each) !== index);

async function end({ n8n: { api } }: Stage): Promise<void> {
	for (const id of Object.values(ids)) await api.unpublish(id);
}

// n8n's default engine for expressions takes 100 ms of a processor for each execution before any node has run: more
// than a machine has that also runs the sandbox, for a hundred messages a second.
test.use({ n8nEnv: { N8N_EXPRESSION_ENGINE: 'legacy' } });

test.describe.serial('quick messages', () => {
	test.skip(({ n8nLine }) => n8nLine !== '2', 'n8n 1 cannot create Data Tables in a workflow');

	test('200 chats, five messages in ten seconds each: one reply per chat, in order, none lost', async ({ stage }) => {
		await begin(stage);
		try {
			const start = Date.now();
			const open = await write(stage, 'A', (chat) => (chat * START_MS) / CHATS);
			const written = Date.now();
			fact('messages that n8n did not confirm within 30 seconds', open.length);
			for (const message of open) await deliver(stage, 'A', message);
			await until(
				'a reply to every message',
				() => repliesIn(stage).every((replies) => replies.flat().length >= MESSAGES),
				PATIENCE_MS,
			);
			const last = Math.max(...stage.sandbox.control.messages('wapio').map(({ acceptedAt }) => acceptedAt));
			fact('seconds until n8n had confirmed all', (written - start) / 1000);
			const stored = await rowsOf(stage.n8n.api, TABLE);
			const pauses = chats.map((chat) => {
				const times = stored
					.filter(({ messageId }) => places.some((place) => idOf('A', chat, place) === messageId))
					.map(({ createdAt }) => new Date(String(createdAt)).getTime());
				return times.slice(1).map((time, index) => time - (times[index] ?? 0));
			});
			fact(
				'seconds between two messages of a chat, as n8n stored them: at most',
				Math.max(...pauses.flat()) / 1000,
			);
			fact('seconds from the last message to the last reply', (last - written) / 1000);
			// Long enough for the sweep to find what should not be there.
			await sleep(SWEEP_MS);
			const replies = repliesIn(stage);
			fact('chats with one reply', replies.filter(({ length }) => length === 1).length);
			expect(replies.map((each) => each.flat())).toEqual(chats.map(() => places));
			// On a machine that is busy with other things, n8n may get a message only after the pause.
			const late = chats.filter((chat) => pauses[chat]?.some((pause) => pause >= QUIET_MS - 1_000));
			expect(chats.filter((chat) => replies[chat]?.length !== 1 && !late.includes(chat))).toEqual([]);
		} finally {
			await end(stage);
		}
	});

	test('the same with n8n killed in the middle: every stored message is answered within two minutes', async ({
		stage,
	}) => {
		await begin(stage);
		const { control } = stage.sandbox;
		try {
			// Chat after chat, so that some are answered, some wait, and some are not written yet.
			const writing = write(stage, 'B', (chat) => chat * 700);
			await until('60 replies', () => control.messages('wapio').length >= 60, PATIENCE_MS);
			await stage.restart('kill');
			const restarted = Date.now();
			const stored = new Set((await rowsOf(stage.n8n.api, TABLE)).map(({ messageId }) => messageId));
			fact('replies before n8n was killed', control.messages('wapio').length);
			fact('messages stored at the restart', stored.size);

			const messages = chats.flatMap((chat) =>
				places.map((place) => ({ chat, place, id: idOf('B', chat, place) })),
			);
			const isAnswered = () => {
				const replies = repliesIn(stage).map((each) => each.flat());
				return ({ chat, place }: { chat: number; place: number }) => replies[chat]?.includes(place) === true;
			};
			await until(
				'a reply to every stored message',
				() => messages.filter(({ id }) => stored.has(id)).every(isAnswered()),
				PATIENCE_MS,
			);
			const took = Date.now() - restarted;
			fact('seconds from the restart to a reply to every stored message', took / 1000);

			// As Wapio does with what it got no confirmation for.
			const open = await writing;
			fact('messages that n8n did not confirm', open.length);
			for (const message of open) await deliver(stage, 'B', message);
			await until(
				'a reply to every message that was stored',
				async () => {
					const rows = new Set((await rowsOf(stage.n8n.api, TABLE)).map(({ messageId }) => messageId));
					return messages.filter(({ id }) => rows.has(id)).every(isAnswered());
				},
				PATIENCE_MS,
			);
			await sleep(SWEEP_MS);
			const replies = repliesIn(stage);
			const kept = new Set((await rowsOf(stage.n8n.api, TABLE)).map(({ messageId }) => messageId));
			const lost = messages.filter(({ id }) => !kept.has(id));
			fact('messages confirmed and not stored: lost', lost.length);
			fact('chats with more than one reply', replies.filter(({ length }) => length > 1).length);
			const twice = replies.flatMap((each) => repeated(each.flat()));
			expect(twice, 'messages answered twice').toEqual([]);
			expect(messages.filter((each) => kept.has(each.id) && !isAnswered()(each))).toEqual([]);
			for (const each of replies.flat()) expect(each, 'order').toEqual([...each].sort());
			expect(took, 'ms after the restart').toBeLessThan(AFTER_RESTART_MS);
		} finally {
			await end(stage);
		}
	});
});
