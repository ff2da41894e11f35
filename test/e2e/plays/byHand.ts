/* The examples that are started by hand and wait for nobody. */
import { expect } from '../support/fixtures';
import { itemCounts, messagesFromNow } from '../support/examples';
import type { Play } from './index';

/** Chategy's numbers for the outcome of a message. */
const DELIVERED = 2;
const EXPIRED = 3;

/** Each number of the list leaves through the right output. */
export const playCleaning: Play = async (stage, id) => {
	expect(await itemCounts(stage, id, ['On WhatsApp', 'Not on WhatsApp', 'No Valid Number'])).toEqual([2, 1, 1]);
};

/** Three of the four numbers are valid, and only they are written to. */
export const playList: Play = async (stage, id) => {
	expect(await itemCounts(stage, id, ['Sent', 'Not Sent'])).toEqual([3, 1]);
};

/** Both reminders are scheduled at the provider. */
export const playReminder: Play = async (stage, id) => {
	const before = stage.sandbox.control.scheduled('whacenter').length;
	expect(await itemCounts(stage, id, ['Schedule Reminder'])).toEqual([2]);
	expect(stage.sandbox.control.scheduled('whacenter').length - before, 'scheduled messages').toBe(2);
};

/** Both groups get the announcement, each once. */
export const playAnnouncement: Play = async (stage, id) => {
	const messages = messagesFromNow(stage, 'wapio');
	expect(await itemCounts(stage, id, ['Send to Group'])).toEqual([2]);
	const recipients = messages().map(({ recipient }) => recipient);
	expect(new Set(recipients).size, 'recipients').toBe(2);
};

/** An expired message ends with the call, a delivered one without. */
export const playCascade: Play = async (stage, id) => {
	const { control } = stage.sandbox;
	const outcomes = [
		{ autoStatus: EXPIRED, counts: [0, 1] },
		{ autoStatus: DELIVERED, counts: [1, 0] },
	];
	try {
		for (const { autoStatus, counts } of outcomes) {
			control.configure('chategy', { autoStatus, autoStatusMs: 200, callbackIntervalMs: 500 });
			const words = `items after status ${autoStatus}`;
			expect(await itemCounts(stage, id, ['Done', 'Call the Customer']), words).toEqual(counts);
		}
	} finally {
		control.configure('chategy', { autoStatus: null });
	}
};
