import { sleep } from '../../../scripts/n8n/process';
import { messagesFromNow, published, SETTLE_MS } from '../support/examples';
import { expect } from '../support/fixtures';
import type { Stage } from '../support/stage';
import type { Play } from './index';

const ids = { caller: 'whacenterSeveral', orders: 'whacenterOrders', other: 'whacenterOther' };

/** n8n 1 calls a workflow whether it is published or not, and publishes none that only others start. */
async function publishCalled({ n8n: { api } }: Stage): Promise<void> {
	for (const id of [ids.orders, ids.other]) await api.publish(id).catch(() => undefined);
}

/** Each message is answered once, by the workflow that it is for. */
export const playSeveralWorkflows: Play = async (stage, id) => {
	const { control } = stage.sandbox;
	// Another person for each play: nobody gets more than three answers an hour.
	const from = `62812000010${Object.values(ids).indexOf(id)}`;
	await publishCalled(stage);
	await published(stage, ids.caller, async () => {
		const messages = messagesFromNow(stage, 'whacenter');
		const texts = () => messages().map(({ text }) => text ?? '');
		const write = async (message: string) =>
			await control.incoming('whacenter', 'text', { times: 2, overrides: { message, from } });
		await write('Order 1234, please');
		await expect.poll(texts, 'answers').toHaveLength(1);
		await write('Are you open on Sunday?');
		await expect.poll(texts, 'answers').toHaveLength(2);
		await sleep(SETTLE_MS);
		expect(texts(), 'answers').toHaveLength(2);
		expect(texts()[0]).toContain('order 1234');
		expect(texts()[1]).toContain('thank you for your message');
	});
};
