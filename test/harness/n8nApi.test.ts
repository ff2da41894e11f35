/* n8n 1.123 stores an execution's status before its data: what programs read has to be the data of that status. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { N8nApi } from '../../scripts/n8n/api';
import { itemsOf } from '../../scripts/n8n/runData';

/** As n8n stores them: every text inside an object or a list is the place of its value. */
const data = {
	nothing: '[]',
	start: '[{"resultData":"1"},{"runData":"2"},{}]',
	wait: '[{"resultData":"1","waitTill":"4"},{"runData":"2","lastNodeExecuted":"3"},{},"Ask","2026-01-01T00:00:00.000Z"]',
	end:
		'[{"resultData":"1"},{"runData":"2","lastNodeExecuted":"3"},{"Ask":"4"},"Ask",["5"],' +
		'{"data":"6"},{"main":"7"},["8"],["9"],{"json":"10"},{"approved":true}]',
	error: '[{"resultData":"1"},{"runData":"2","error":"3"},{},{"message":"4"},"The workflow has issues"]',
};

describe('reading an execution', () => {
	let server: Server;
	let answers: Array<{ status: string; data: string }>;
	let api: N8nApi;

	beforeEach(async () => {
		answers = [];
		server = createServer((_, response) => {
			const answer = answers.length > 1 ? answers.shift() : answers[0];
			response
				.setHeader('content-type', 'application/json')
				.end(JSON.stringify({ data: { id: '7', ...answer } }));
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		api = new N8nApi(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	});
	afterEach(() => server.close());

	test('of one that just ended waits for the data of its end', async () => {
		answers = [
			{ status: 'running', data: data.nothing },
			{ status: 'success', data: data.nothing },
			{ status: 'success', data: data.start },
			{ status: 'success', data: data.end },
		];
		const execution = await api.finished('7');
		expect(itemsOf(execution.data, 'Ask')).toEqual([{ json: { approved: true } }]);
	});

	test('of one that just continued after a wait does not take the data of the wait', async () => {
		answers = [
			{ status: 'success', data: data.wait },
			{ status: 'success', data: data.end },
		];
		expect((await api.finished('7')).data).toBe(data.end);
	});

	test.each([
		['failed before its first node', 'error', data.error],
		['crashed', 'crashed', data.nothing],
		['was stopped', 'canceled', data.start],
	])('of one that %s takes what there is', async (_, status, stored) => {
		answers = [{ status, data: stored }];
		expect(await api.finished('7')).toMatchObject({ status, data: stored });
	});

	test('of one that just began to wait waits for the data of its wait', async () => {
		answers = [
			{ status: 'running', data: data.nothing },
			{ status: 'waiting', data: data.nothing },
			{ status: 'waiting', data: data.start },
			{ status: 'waiting', data: data.wait },
		];
		await api.waiting('7');
		expect(answers).toHaveLength(1);
	});

	test('of one that ended in place of waiting fails at once', async () => {
		answers = [{ status: 'error', data: data.error }];
		await expect(api.waiting('7')).rejects.toThrow('did not wait, it ended with error');
	});
});
