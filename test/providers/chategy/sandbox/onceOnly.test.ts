import { createHmac } from 'node:crypto';
import { chategyAccount } from '../../../../sandbox';
import { PHONE, useCalls } from './calls';

const { idempotencyKey } = chategyAccount;
const { sandbox, client, send } = useCalls();

describe('once only', () => {
	const fields = {
		text: 'Hello',
		phone: PHONE,
		external_id: '100',
		dispatch_routing: ['whatsapp', 'sms'],
		simulate_typing: false,
	};
	const checksum = createHmac('sha256', idempotencyKey).update(`whatsappsms100${PHONE}falseHello`).digest('hex');

	it('takes a request with a checksum once', async () => {
		expect((await send(fields, { checksum })).status).toBe(200);
		const again = await send(fields, { checksum });
		expect([again.status, again.json]).toEqual([
			409,
			{ meta: { status: 'fail', message: 'Request with current params has already been received', code: 409 } },
		]);
		expect(sandbox().control.messages()).toHaveLength(1);
	});

	it('refuses a wrong checksum', async () => {
		const { status, json } = await send({ ...fields, text: 'Other' }, { checksum });
		expect([status, json]).toEqual([400, { meta: { status: 'fail', message: 'Invalid checksum', code: 400 } }]);
	});

	it('does not look at the id without a checksum', async () => {
		await send(fields);
		expect((await send(fields)).status).toBe(200);
		expect(sandbox().control.messages()).toHaveLength(2);
	});

	it('recognizes an accepted message whose response was lost', async () => {
		sandbox().control.fault({ kind: 'dropAfter', provider: 'chategy', path: '/api/v1/delivery' });
		await expect(send(fields, { checksum })).rejects.toThrow();
		expect((await send(fields, { checksum })).status).toBe(409);
		expect(sandbox().control.messages()).toHaveLength(1);
	});

	it('leaves the file out of the checksum', async () => {
		const query = `file_name=a.pdf&phone=${PHONE}&external_id=7`;
		const headers = { checksum: createHmac('sha256', idempotencyKey).update(`7a.pdf${PHONE}`).digest('hex') };
		const form = new FormData();
		form.append('file', new Blob(['%PDF'], { type: 'application/pdf' }), 'a.pdf');
		expect((await client('POST', `/send_file?${query}`, form, headers)).status).toBe(200);
	});
});
