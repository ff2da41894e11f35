import { setTimeout as sleep } from 'node:timers/promises';
import { controlCall, startReceiver } from '../../../sandbox/client';
import { deliveryOf, OK, PHONE, refused, useCalls } from './calls';

const { sandbox, client, send } = useCalls();

describe('states', () => {
	it('are shown, and move as the control says', async () => {
		const { id } = deliveryOf(await send({ dispatch_routing: ['whatsapp'] }));
		expect((await client('GET', `/delivery/${id}`)).json).toMatchObject({
			delivery: {
				id,
				operator: { slug: 'georgia' },
				phone: `+${PHONE}`,
				status: { description: 'Accepted', status_id: 6 },
				sum: '0.00',
			},
			meta: OK,
		});
		await sandbox().control.action('chategy', 'deliveryStatus', { id, statusId: 2 });
		expect(deliveryOf(await client('GET', `/delivery/${id}`)).status).toEqual({
			description: 'Delivered',
			status_id: 2,
		});
		expect((await client('GET', '/delivery/1')).status).toBe(404);
		await expect(sandbox().control.action('chategy', 'deliveryStatus', { id, statusId: 999 })).rejects.toThrow(
			'999',
		);
		await expect(sandbox().control.action('chategy', 'nothing')).rejects.toThrow('deliveryStatus');
	});

	it('call back when they are final, until the answer is 200', async () => {
		const receiver = await startReceiver();
		const refusing = await startReceiver({ status: 404, body: '' });
		try {
			sandbox().control.configure('chategy', { callbackIntervalMs: 5 });
			const { id } = deliveryOf(
				await send({ callback_url: receiver.url, dispatch_routing: ['whatsapp', 'sms'] }),
			);
			expect(await sandbox().control.action('chategy', 'deliveryStatus', { id, statusId: 1 })).toEqual({
				callbacks: [],
			});
			await sandbox().control.action('chategy', 'deliveryStatus', { id, statusId: 1, callback: true });
			await sandbox().control.action('chategy', 'deliveryStatus', { id, statusId: 2, channel: 'sms' });
			expect(receiver.received.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
				{
					delivery: {
						sender_name: 'CHATEGY.IO',
						id,
						status: { status_id: 1, description: 'Passed to the operator', dispatch_routing: 'whatsapp' },
					},
				},
				{
					delivery: {
						sender_name: 'CHATEGY.IO',
						id,
						status: { status_id: 2, description: 'Delivered', dispatch_routing: 'sms' },
					},
				},
			]);
			await send({ callback_url: refusing.url });
			const { json } = await controlCall(sandbox(), 'POST', '/chategy/actions/deliveryStatus', { statusId: 45 });
			expect((json as { callbacks: unknown[] }).callbacks).toHaveLength(10);
			expect(refusing.received).toHaveLength(10);
		} finally {
			await Promise.all([receiver.close(), refusing.close()]);
		}
	});

	it('may come automatically', async () => {
		sandbox().control.configure('chategy', { autoStatus: 16, autoStatusMs: 10 });
		const { id } = deliveryOf(await send());
		await sleep(100);
		expect(deliveryOf(await client('GET', `/delivery/${id}`)).status).toMatchObject({ status_id: 16 });
	});

	it.each<[string, string, number | null, unknown]>([
		['an SMS', 'sms', 2, { dispatch_type: ['dispatch_type invalid'] }],
		['one that is under way', 'whatsapp', null, { delivery: ['delivery not_complete'] }],
		['one of WhatsApp that was deleted', 'whatsapp', 4, { delivery: ['delivery not found'] }],
		['one of Telegram that was deleted', 'tdlib', 4, { tdlib_delivery: ['tdlib_delivery not found'] }],
	])('keep %s from being deleted', async (_name, channel, statusId, errors) => {
		const { id } = deliveryOf(await send({ dispatch_routing: [channel] }));
		if (statusId !== null) await sandbox().control.action('chategy', 'deliveryStatus', { statusId });
		const { status, json } = await client('DELETE', `/delivery/${id}`);
		expect([status, json]).toEqual([422, refused(errors)]);
	});

	it('let a delivered message be deleted once', async () => {
		const { id } = deliveryOf(await send({ dispatch_routing: ['tdlib'] }));
		await sandbox().control.action('chategy', 'deliveryStatus', { statusId: 2 });
		expect((await client('DELETE', `/delivery/${id}`)).json).toEqual({ meta: OK });
		expect((await client('DELETE', `/delivery/${id}`)).status).toBe(422);
		expect((await client('DELETE', '/delivery/1')).json).toEqual(refused({ delivery: ['delivery not found'] }));
	});
});
