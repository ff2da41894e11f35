import { sleep } from '../../../scripts/n8n/process';
import { begin, published, SETTLE_MS } from '../support/examples';
import { expect, known } from '../support/fixtures';
import type { Play } from './index';

/** The example with two parts: the QR code of a session that is not connected yet, and a greeting once it is. */
export const playPairing: Play = async (stage, id) => {
	const { control } = stage.sandbox;
	const { api } = stage.n8n;
	const device = known(control.devices('wapio')[0], 'session');
	control.setDeviceStatus('wapio', device.id, 'disconnected');
	const { status, data } = await api.finished(await begin(api, id));
	expect(status, 'status').toBe('success');
	expect(data, 'the QR code').toContain('image/png');
	control.setDeviceStatus('wapio', device.id, 'connected');

	await published(stage, id, async () => {
		const before = control.messages('wapio').length;
		const greetings = () => control.messages('wapio').length - before;
		await control.incoming('wapio', 'sessionStatus', { times: 2, overrides: { data: { status: 'connected' } } });
		await expect.poll(greetings, 'greetings').toBe(1);
		await sleep(SETTLE_MS);
		expect(greetings(), 'greetings').toBe(1);
	});
};
