import { published, setParameters } from '../support/examples';
import { expect, known } from '../support/fixtures';
import type { Play } from './index';

/** Far enough apart for one check to end before the next begins, as with minutes. */
const often = { interval: [{ field: 'seconds', secondsInterval: 6 }] };

/** A session is disconnected and connected again; each change is reported once, over several checks. */
export const playHealthAlert: Play = async (stage, id) => {
	const { control } = stage.sandbox;
	await setParameters(stage, id, 'Every 5 Minutes', (parameters) => ({ ...parameters, rule: often }));
	const device = known(control.devices('wapio')[0], 'session');
	const before = control.messages('chategy').length;
	const alerts = () => control.messages('chategy').length - before;
	const checks = async () => (await stage.n8n.api.executions(id)).length;
	const expectAlerts = async (words: string, count: number): Promise<void> => {
		await expect.poll(alerts, words).toBeGreaterThanOrEqual(count);
		const earlier = await checks();
		await expect.poll(checks, 'two more checks').toBeGreaterThanOrEqual(earlier + 2);
		expect(alerts(), words).toBe(count);
	};
	await published(stage, id, async () => {
		await expectAlerts('the session that has been disconnected for long', 1);
		control.setDeviceStatus('wapio', device.id, 'disconnected');
		await expectAlerts('the session that is disconnected', 2);
		control.setDeviceStatus('wapio', device.id, 'connected');
		await expectAlerts('the session that is back', 3);
		expect(control.messages('chategy').at(-1)?.text).toBe(`${device.name} is back (connected).`);
	});
};
