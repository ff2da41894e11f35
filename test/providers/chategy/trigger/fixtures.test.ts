import { chategyTrigger } from '../../../../nodes/Chategy/trigger/chategyTrigger';
import { inOrder } from '../../../../nodes/shared/trigger/event/emptyEvent';
import { post } from '../../../support/tables/trigger/bench';
import { useChategyTrigger } from './calls';
import { whatsAppActs } from './fixtures/acts';
import type { Fixture } from './fixtures/base';
import { whatsAppContext } from './fixtures/context';
import { otherEvents } from './fixtures/other';
import { flatMessages } from './fixtures/telegram';
import { whatsAppContent } from './fixtures/whatsApp';

const fixtures: Fixture[] = [...whatsAppContent, ...whatsAppContext, ...whatsAppActs, ...flatMessages, ...otherEvents];

describe('a payload becomes the whole event', () => {
	it.each(fixtures.map(({ name, ...row }) => [name, row] as const))('%s', (_, { body, event }) => {
		const posted: unknown = JSON.parse(JSON.stringify(body));
		const events = chategyTrigger.parse({ headers: {}, query: {}, body: posted, rawBody: undefined });
		expect(events?.map(inOrder)).toStrictEqual([{ ...event, raw: posted }]);
	});
});

describe('over the wire', () => {
	const trigger = useChategyTrigger();

	it('one payload of each kind is the same event', async () => {
		const kinds = new Map(
			fixtures.map((row) => [[row.event.channel, row.event.event, row.event.type].join(' '), row] as const),
		);
		expect(kinds.size).toBeGreaterThan(30);
		const named = ['message_max', 'message_max_bot', 'message_telegram_bot'];
		for (const { body, event } of kinds.values()) {
			const wf = await trigger.publish({
				events: ['*', ...named],
				output: 'simplifiedAndRaw',
				options: { includeOwn: true, includeStories: true },
			});
			expect((await post(await trigger.address(wf), body)).status).toBe(200);
			await wf.idle();
			const raw: unknown = JSON.parse(JSON.stringify(body));
			const receivedAt: unknown = expect.any(String);
			const [found] = wf.executions.map(({ items }) => items[0]?.json);
			// What has neither an id nor a time gets the time at which it came.
			const id = typeof found?.id === 'string' ? found.id.replace(/:\d{13}$/, '') : null;
			expect({ ...found, id }).toEqual({ ...event, receivedAt, raw });
			await wf.deactivate();
		}
	});
});
