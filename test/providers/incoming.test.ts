/** What every trigger does with calls of any form, with what is written twice, and with its filters. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Deployment } from '../support/triggerHost';
import { firstItems, useTriggerBench } from '../support/tables/trigger/bench';
import type { IncomingText } from '../support/incomingTexts';
import { providers } from '../support/providers';

const GROUP = '120363041234567890@g.us';
const [BUDI, SITI] = ['6281200000001', '6289876543210'];

describe.each(providers)('the trigger of $name', ({ type, bench, incomingTexts: table }) => {
	const trigger = useTriggerBench(type, bench, {
		isWrite: () => true,
		credential: table.credential,
		isPasted: table.isPasted,
	});
	const publish = async (parameters: INodeParameters = {}) =>
		await trigger.publish(parameters, table.credential && trigger.credentialWith(table.credential));

	/** Posts bytes as the provider would, to the address it has; without a content type if none is given. */
	const postBytes = async (text: string, contentType: string | null): Promise<number> => {
		const headers = { ...table.headers?.(text), ...(contentType ? { 'content-type': contentType } : {}) };
		const body = new TextEncoder().encode(text);
		return (await fetch(trigger.slot() ?? '', { method: 'POST', headers, body })).status;
	};
	const postAs = async (body: IDataObject) => await postBytes(JSON.stringify(body), 'application/json');

	/** The texts that start the workflow. */
	const started = async (parameters: INodeParameters, messages: Array<Omit<IncomingText, 'count'>>) => {
		const wf: Deployment = await publish(parameters);
		for (const [count, message] of messages.entries()) {
			expect(await postAs(table.body({ ...message, count }))).toBe(200);
		}
		return (await firstItems(wf)).map(({ text }) => text);
	};

	describe('reads JSON', () => {
		const json = JSON.stringify(table.body({ text: 'Halo & = + "é"', count: 1 }));
		const inField = (name: string) => `${name}=${encodeURIComponent(json)}`;
		const forms: Array<[how: string, bytes: string, contentType: string | null]> = [
			['as JSON', json, 'application/json; charset=utf-8'],
			['as plain text', json, 'text/plain'],
			['as plain text with a mark in front', `\uFEFF${json}`, 'text/plain; charset=utf-8'],
			['without a content type', json, null],
			['as bytes', json, 'application/octet-stream'],
			['as JSON of another name', json, 'application/vnd.api+json'],
			['called a form', json, 'application/x-www-form-urlencoded'],
			['in the field of a form', inField('payload'), 'application/x-www-form-urlencoded'],
			['in a field of any name', inField('json_data'), 'application/x-www-form-urlencoded; charset=UTF-8'],
		];
		it.each(forms)('%s', async (_how, bytes, contentType) => {
			const wf = await publish();
			expect(await postBytes(bytes, contentType)).toBe(200);
			await expect(firstItems(wf)).resolves.toMatchObject([{ event: 'message', text: 'Halo & = + "é"' }]);
		});

		it('whose parts are the fields of a form', async () => {
			const wf = await publish();
			const body = table.body({ text: 'Halo', count: 1 });
			const fields = Object.entries(body).map(([name, value]): [string, string] => [
				name,
				typeof value === 'object' ? JSON.stringify(value) : String(value),
			]);
			const form = new URLSearchParams(fields).toString();
			expect(await postBytes(form, 'application/x-www-form-urlencoded')).toBe(200);
			await expect(firstItems(wf)).resolves.toMatchObject([{ event: 'message', text: 'Halo' }]);
		});

		it('that somebody wrote as a text', async () => {
			const text = '{"a":[1]}';
			const wf = await publish();
			expect(await postAs(table.body({ text, count: 1 }))).toBe(200);
			const fields = table.body({ text, count: 2 }) as Record<string, string>;
			if (table.isFlat) {
				const form = new URLSearchParams(fields).toString();
				expect(await postBytes(form, 'application/x-www-form-urlencoded')).toBe(200);
			}
			const items = await firstItems(wf);
			expect(items.map((item) => item.text)).toEqual(table.isFlat ? [text, text] : [text]);
		});
	});

	const BAD: Array<[string, string, string | null]> = [
		['a list as plain text', '[{"a":1}]', 'text/plain'],
		['no JSON as plain text', 'hello', 'text/plain'],
		['half an object', '{"type":', 'text/plain'],
		['half an object without a content type', '{"type":', null],
		['a list in the field of a form', 'payload=%5B1%5D&', 'application/x-www-form-urlencoded'],
		['nothing', '', 'text/plain'],
		['deep nesting as plain text', `{"a":${'['.repeat(6_000)}${']'.repeat(6_000)}}`, 'text/plain'],
		[
			'deep nesting in a form',
			`payload=${encodeURIComponent(`{"a":${'{"a":'.repeat(6_000)}1${'}'.repeat(6_000)}}`)}`,
			'application/x-www-form-urlencoded',
		],
	];
	// A provider whose every object may be an event takes a flat form, whatever is in it.
	it.each(BAD)('answers no 500 to %s, and starts nothing', async (name, bytes, contentType) => {
		const wf = await publish();
		const status = await postBytes(bytes, contentType);
		await wf.idle();
		expect(wf.executions).toEqual([]);
		expect(name.startsWith('a list in') ? [200, 400] : [400]).toContain(status);
	});

	it('starts three executions for a menu of "1", "2" and "1"', async () => {
		const menu = ['1', '2', '1'].map((text) => ({ text }));
		await expect(started({}, menu)).resolves.toEqual(['1', '2', '1']);
	});

	const { anonymous } = table;
	(anonymous ? it : it.skip)(
		'starts three executions for that menu where nothing names or dates a message',
		async () => {
			const wf = await publish({ events: ['*'] });
			const statuses: number[] = [];
			for (const text of ['1', '2', '1'])
				statuses.push(await postAs(anonymous?.(table.body({ text, count: 1 })) ?? {}));
			// A provider whose form needs an id refuses what has none, and loses nothing silently.
			const isRefused = statuses.every((status) => status === 400);
			expect(isRefused || statuses.every((status) => status === 200)).toBe(true);
			const items = await firstItems(wf);
			expect(items.map(({ text }) => text)).toEqual(isRefused ? [] : ['1', '2', '1']);
			expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
		},
	);

	describe('filters', () => {
		const both = [
			{ text: 'Budi', from: BUDI },
			{ text: 'Siti', from: SITI },
		];
		const groups = [
			{ text: 'private', from: BUDI },
			{ text: 'group', from: BUDI, group: GROUP },
		];
		it.each<[INodeParameters, string[]]>([
			[{ senders: `+${BUDI}` }, ['Budi']],
			[{ notSenders: `+62 812-0000-0001` }, ['Siti']],
			[{ onlyChats: BUDI }, ['Budi']],
			[{ notChats: `${SITI}@s.whatsapp.net` }, ['Budi']],
			[{ senders: `${BUDI},${SITI}`, notSenders: SITI }, ['Budi']],
		])('people by %j', async (options, expected) => {
			await expect(started({ options }, both)).resolves.toEqual(expected);
		});

		it.each<[INodeParameters, string[]]>([
			[{ onlyChats: GROUP }, ['group']],
			[{ notChats: GROUP }, ['private']],
			[{ onlyChats: '120363041234567890' }, ['group']],
		])('groups by %j', async (options, expected) => {
			await expect(started({ options }, groups)).resolves.toEqual(expected);
		});

		it('groups by who is mentioned', async () => {
			const options = { onlyWhenMentioned: true, ownNumbers: '+62 851-7000-0011' };
			const messages = [
				{ text: 'private' },
				{ text: 'nobody', group: GROUP },
				{ text: '@6285170000011 you', group: GROUP },
				{ text: '@6281111111111 another', group: GROUP },
			];
			await expect(started({ options }, messages)).resolves.toEqual(['private', '@6285170000011 you']);
		});

		it('is refused by mention where nobody knows who is meant', async () => {
			const published = publish({ options: { onlyWhenMentioned: true } });
			if (table.tellsOwnNumber) await published;
			else await expect(published).rejects.toThrow(/^Options → Own Numbers: your own number is needed/);
		});

		it.each([
			['senders', 'From Senders'],
			['notSenders', 'Not From Senders'],
			['onlyChats', 'Only Chats'],
			['notChats', 'Not Chats'],
		])('is refused with a word in %s', async (name, label) => {
			const published = publish({ options: { [name]: `${BUDI}, my boss` } });
			await expect(published).rejects.toThrow(
				`Options → ${label}: "my boss" is neither a phone number nor an ID`,
			);
		});

		it('can be unpublished with an option that is refused', async () => {
			const wf = await publish();
			wf.setParameters({ options: { senders: 'my boss' } });
			expect(await wf.deactivate()).toEqual([]);
		});
	});
});
