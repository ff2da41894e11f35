import { itemsOf } from '../../../scripts/n8n/runData';
import { begin } from '../support/examples';
import { expect } from '../support/fixtures';
import type { Play } from './index';

/** One answer of each kind; the requester is notified accordingly. */
export const playApproval: Play = async (stage, id) => {
	const { api } = stage.n8n;
	const answers = [
		{ label: 'Approve', node: 'Notify: Approved' },
		{ label: 'Decline', node: 'Notify: Declined' },
	];
	for (const { label, node } of answers) {
		const execution = await begin(api, id);
		await api.waiting(execution);
		const text = stage.sandbox.control.messages('balesOtomatis').at(-1)?.text ?? '';
		const link = new RegExp(`${label}: (\\S+)`).exec(text)?.[1] ?? '';
		expect((await fetch(link)).status, 'the page').toBe(200);
		expect((await fetch(link, { method: 'POST' })).status, 'the button').toBe(200);
		const { status, data } = await api.finished(execution);
		expect(status, 'status').toBe('success');
		expect(itemsOf(data, node), `items of ${node}`).toHaveLength(1);
	}
};
