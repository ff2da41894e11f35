import { balesOtomatisAccount } from '../../../../sandbox';
import { startReceiver } from '../../../sandbox/client';
import { useCalls } from './calls';

const { numbers, groups } = balesOtomatisAccount;
const { sandbox } = useCalls();

describe('webhook', () => {
	it('is set by hand, and posted with the id of the number', async () => {
		const receiver = await startReceiver();
		try {
			sandbox().control.setWebhook('balesOtomatis', receiver.url);
			expect([
				sandbox().control.webhook('balesOtomatis'),
				sandbox().control.webhook('balesOtomatis', numbers.disconnected),
			]).toEqual([receiver.url, null]);
			for (const event of ['text', 'image', 'group', 'own', 'unknown'] as const)
				await sandbox().control.incoming('balesOtomatis', event);
			expect(receiver.received.map(({ headers }) => headers['bls-oto-numberid'])).toEqual(
				Array(5).fill(numbers.connected),
			);
			const bodies = receiver.received.map(
				({ body }) => JSON.parse(body) as { type: string; data: Record<string, unknown> },
			);
			expect(bodies[0]).toMatchObject({
				type: 'incoming_chat',
				data: { chat_id: '6281200000001@c.us', is_from_me: false, has_media: false, media_name: null },
			});
			expect(bodies[1]).toMatchObject({
				data: { has_media: true, media_name: 'photo.jpg', media_mime: 'image/jpeg' },
			});
			expect(bodies[2]).toMatchObject({ data: { chat_id: `${groups.first}@g.us` } });
			expect(bodies[3]).toMatchObject({ data: { is_from_me: true } });
			expect(bodies[4]?.type).toBe('message_status');
			expect(new Set(bodies.map(({ data }) => data.message_id)).size).toBe(5);
		} finally {
			await receiver.close();
		}
	});
});
