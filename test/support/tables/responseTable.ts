import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, recipients, startProviderBench } from '../bench';
import type { Provider } from '../provider';
import { startWaitingHost, type WaitingExecution, type WaitingHost } from '../n8n/waitingHost';
import type { WorkflowFile } from '../workflows';

/** Plays Send and Wait for Response of one provider: what people see and press, and what the workflow gets. */
export function describeSendAndWait({ name, bench: provider, sendAndWait }: Provider): void {
	describe(`send and wait for a response: ${name}`, () => {
		let bench: Bench;
		let host: WaitingHost;
		beforeEach(async () => {
			bench = await startProviderBench(provider);
			host = await startWaitingHost(bench.engine);
		});
		afterEach(async () => {
			await host.close();
			await bench.close();
		});

		const ask = (parameters: INodeParameters = {}): INodeParameters => ({
			...sendAndWait,
			operation: 'sendAndWait',
			phoneNumber: '6281200000001',
			message: 'Approve <b>invoice</b> INV-1?',
			...parameters,
		});
		const workflow = (parameters: INodeParameters): WorkflowFile => ({
			nodes: [
				{
					id: 'a',
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{ id: 'ask-node', name: 'Ask', type: provider.name, typeVersion: 1, position: [200, 0], parameters },
			],
			connections: { Start: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] } },
		});
		const begin = async (parameters: INodeParameters = {}): Promise<WaitingExecution> => {
			const execution = host.start(workflow(ask(parameters)));
			await execution.paused;
			if (execution.status === 'finished') throw (await execution.finished).error ?? new Error('It did not wait');
			return execution;
		};
		// A multipart body writes line ends as the web's forms do.
		const text = (): string => (bench.sandbox.control.messages().at(-1)?.text ?? '').replaceAll('\r\n', '\n');
		const links = (): string[] => text().match(/https?:\/\/\S+/g) ?? [];
		const post = async (link: string, fields: Record<string, string> = {}): Promise<Response> =>
			await fetch(link, { method: 'POST', body: new URLSearchParams(fields) });
		const outputOf = async (execution: WaitingExecution): Promise<IDataObject | undefined> => {
			const finished = await execution.finished;
			if (finished.error) throw finished.error;
			return finished.outputs('Ask')[0]?.[0]?.json;
		};

		it('approval: two links; opening one decides nothing, its button does; a second press is turned away', async () => {
			const execution = await begin();
			expect(text()).toMatch(/^Approve <b>invoice<\/b> INV-1\?\n\nApprove: http\S+\n\nDecline: http\S+$/);
			const [approve = '', decline = ''] = links();

			for (const link of [approve, decline, approve]) {
				const page = await fetch(link);
				expect(page.status).toBe(200);
				expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
			}
			expect(execution.status).toBe('waiting');

			const answer = await post(decline);
			expect(answer.status).toBe(200);
			expect(await answer.text()).toContain('Your response was recorded');
			expect(await outputOf(execution)).toEqual({
				data: { approved: false },
				respondedAt: expect.stringMatching(/^\d{4}-/) as string,
			});
			expect((await post(approve)).status).toBe(409);
			expect(bench.sandbox.control.messages()).toHaveLength(1);
		});

		it('a POST without a body is an answer that is missing, and an approval needs none', async () => {
			const execution = await begin({ responseType: 'freeText' });
			expect((await fetch(links()[0] ?? '', { method: 'POST' })).status).toBe(422);
			execution.timeOut();
			await execution.finished;
			const approval = await begin();
			expect((await fetch(links()[0] ?? '', { method: 'POST' })).status).toBe(200);
			expect(await outputOf(approval)).toMatchObject({ data: { approved: true } });
		});

		it('comes in the chosen language, and repeats the choice', async () => {
			const execution = await begin({ options: { pageLanguage: 'ar' } });
			expect(text()).toMatch(/\n\nموافقة: http\S+\n\nرفض: http/);
			const [, decline = ''] = links();
			const page = await (await fetch(decline)).text();
			expect(page).toContain('<html lang="ar" dir="rtl">');
			expect(page).toContain('<button type="submit">رفض</button>');
			const thanks = await (await post(decline)).text();
			expect(thanks).toContain('<html lang="ar" dir="rtl">');
			expect(thanks).toContain('<p class="message" dir="auto">رفض</p>');
			expect(await outputOf(execution)).toMatchObject({ data: { approved: false } });
		});

		it('comes with texts of your own in place of the language’s', async () => {
			const options = {
				pageHeading: 'Pick <one>',
				pageAnswerLabel: 'When?',
				pageButton: 'Book',
				pageThanks: 'Booked',
				pageThanksText: 'See you.',
				linkText: 'Book here',
			};
			const choices = { choice: [{ text: 'Morning' }, { text: 'Evening' }] };
			const execution = await begin({ responseType: 'choice', choices, options });
			expect(text()).toContain('Book here: http');
			const [link = ''] = links();
			const page = await (await fetch(link)).text();
			expect(page).toContain('<h1>Pick &lt;one&gt;</h1>');
			expect(page).toContain('<legend>When?</legend>');
			expect(page).toContain('<button type="submit">Book</button>');
			const thanks = await (await post(link, { choice: '1' })).text();
			expect(thanks).toContain('<h1>Booked</h1>');
			expect(thanks).toContain('<p class="message" dir="auto">Evening</p>');
			expect(thanks).toContain('<p>See you.</p>');
			expect(await outputOf(execution)).toMatchObject({ data: { choice: 'Evening' } });
		});

		it.each(['constructor', 'a\u2028b', '{{ x }} "y"\\', 'Wait\nfor it', '$&'])(
			'works in a node that is called %j',
			async (nodeName) => {
				const { nodes, connections } = workflow(ask({ responseType: 'freeText' }));
				const named = JSON.parse(
					JSON.stringify({ nodes, connections }).replaceAll('"Ask"', () => JSON.stringify(nodeName)),
				) as WorkflowFile;
				const execution = host.start(named);
				await execution.paused;
				if (execution.status === 'finished') throw (await execution.finished).error ?? new Error('It ended');
				expect((await post(links()[0] ?? '', { text: 'yes' })).status).toBe(200);
				expect((await execution.finished).outputs(nodeName)[0]?.[0]?.json).toMatchObject({
					data: { text: 'yes' },
				});
			},
		);

		it('one button with words of their own', async () => {
			const approvalOptions = { values: { approvalType: 'single', approveLabel: 'Send it' } };
			const execution = await begin({ approvalOptions });
			expect(links()).toHaveLength(1);
			expect(text()).toContain('Send it: http');
			const page = await (await fetch(links()[0] ?? '')).text();
			expect(page).toContain('<button type="submit">Send it</button>');
			await post(links()[0] ?? '');
			expect(await outputOf(execution)).toMatchObject({ data: { approved: true } });
		});

		it('the page shows the message as text, fits a phone, and says what its fields are', async () => {
			const execution = await begin({ responseType: 'freeText' });
			const page = await (await fetch(links()[0] ?? '')).text();
			expect(page).toContain('Approve &lt;b&gt;invoice&lt;/b&gt; INV-1?');
			expect(page).not.toContain('<b>');
			expect(page).toContain('name="viewport" content="width=device-width');
			expect(page).toContain('<html lang="en" dir="ltr">');
			expect(page).toContain('<h1>Please respond</h1>');
			expect(page).toContain('<label class="text" for="text">');
			execution.timeOut();
			await execution.finished;
		});

		it('free text: an empty answer shows the page again, a real one goes on', async () => {
			const execution = await begin({ responseType: 'freeText' });
			const [link = ''] = links();
			const empty = await post(link, { text: '  ' });
			expect(empty.status).toBe(422);
			expect(await empty.text()).toContain('Write an answer.');
			expect(execution.status).toBe('waiting');
			await post(link, { text: 'Tuesday, 10 o’clock & <later>' });
			expect(await outputOf(execution)).toMatchObject({ data: { text: 'Tuesday, 10 o’clock & <later>' } });
		});

		it('choice: one of the list, and nothing beside it', async () => {
			const choices = { choice: [{ text: 'Morning' }, { text: 'Evening' }] };
			const execution = await begin({ responseType: 'choice', choices, options: { linkText: 'Choose' } });
			expect(text()).toContain('Choose: http');
			const [link = ''] = links();
			for (const choice of ['2', '-1', 'Morning', '', '0x0']) {
				expect([choice, (await post(link, { choice })).status]).toEqual([choice, 422]);
			}
			expect(execution.status).toBe('waiting');
			await post(link, { choice: '1' });
			expect(await outputOf(execution)).toMatchObject({ data: { choice: 'Evening' } });
		});

		it('a link that was changed is refused, also one whose decision was turned round', async () => {
			const execution = await begin();
			const [approve = '', decline = ''] = links();
			expect((await post(decline.replace('approved=false', 'approved=true'))).status).toBe(401);
			expect((await post(approve.replace(/signature=\w+/, 'signature=0'))).status).toBe(401);
			expect(execution.status).toBe('waiting');
			execution.timeOut();
			await execution.finished;
		});

		it('after its limit the workflow goes on with what came in', async () => {
			const execution = await begin({ options: { waitLimit: 5 } });
			expect(execution.waitTill?.getTime()).toBeLessThan(Date.now() + 6 * 60_000);
			execution.timeOut();
			expect(await outputOf(execution)).toEqual({});
			expect((await post(links()[0] ?? '')).status).toBe(409);
		});

		it('in a loop each page asks what its own message asked, and takes its own choices', async () => {
			const inLoop = (text: string) => `={{ $runIndex === 0 ? 'first' : 'second' }} ${text}`;
			const choices = { choice: [{ text: inLoop('A') }, { text: inLoop('B') }] };
			const { nodes, connections } = workflow(
				ask({ message: inLoop('question'), responseType: 'choice', choices }),
			);
			const again = [{ node: 'Ask', type: 'main' as const, index: 0 }];
			const execution = host.start({ nodes, connections: { ...connections, Ask: { main: [again] } } });
			await execution.paused;
			await post(links()[0] ?? '', { choice: '0' });
			// The answer is on its way before the execution has gone on.
			while (!text().startsWith('second') || execution.status !== 'waiting') await sleep(20);
			const page = await (await fetch(links()[0] ?? '')).text();
			expect(page).toContain('second question');
			expect(page).toContain('second B');
			expect(page).not.toContain('first');
		});

		it('in a loop the link of an earlier question does not answer the next one', async () => {
			const options = { pageLanguage: 'es', pageOver: 'Too <late>.' };
			const { nodes, connections } = workflow(ask({ message: '=question {{ $runIndex }}', options }));
			const again = [{ node: 'Ask', type: 'main' as const, index: 0 }];
			const execution = host.start({ nodes, connections: { ...connections, Ask: { main: [again] } } });
			await execution.paused;
			const [first = ''] = links();
			await post(first);
			while (!text().startsWith('question 1') || execution.status !== 'waiting') await sleep(20);
			const [second = ''] = links();
			const answers = [await fetch(first), await post(first)];
			expect(answers.map(({ status }) => status)).toEqual([409, 409]);
			for (const answer of answers) {
				const page = await answer.text();
				expect(page).toContain('<html lang="es" dir="ltr">');
				expect(page).toContain('<p>Too &lt;late&gt;.</p>');
				expect(page).not.toContain('<form');
			}
			expect(execution.status).toBe('waiting');
			expect((await post(first.replace('?', '?run=1&'))).status).toBe(401);
			expect((await post(second)).status).toBe(200);
		});

		it('labels left empty come in the language of the page', async () => {
			const approvalOptions = { values: { approvalType: 'double', approveLabel: '', disapproveLabel: '' } };
			const options = { pageLanguage: 'es', linkText: '', pageHeading: '', pageThanks: '' };
			const execution = await begin({ approvalOptions, options });
			expect(text()).toMatch(/\n\nAprobar: http\S+\n\nRechazar: http/);
			execution.timeOut();
			await execution.finished;
		});

		it('Approval Options as the editor adds them leave the labels to the language of the page', async () => {
			const execution = await begin({ approvalOptions: { values: {} }, options: { pageLanguage: 'es' } });
			expect(text()).toMatch(/\n\nAprobar: http\S+\n\nRechazar: http/);
			execution.timeOut();
			await execution.finished;
		});

		it('several items, too few choices and a limit of nothing are refused before anything is sent', async () => {
			const several = await bench.run(ask(), { items: recipients(2) });
			expect(several.error?.message).toMatch(
				/waits for one response at a time but got 2 items\. Put a Loop Over Items/,
			);
			const few = await bench.run(ask({ responseType: 'choice', choices: { choice: [{ text: 'Only' }] } }));
			expect(few.error?.message).toBe('Choices: add at least two choices');
			const long = await bench.run(ask({ options: { pageThanksText: 'x'.repeat(1_001) } }));
			expect(long.error?.message).toBe('Options → Page Thank-You Text: use at most 1000 characters');
			const odd = await bench.run(ask({ options: { pageLanguage: 'toString' } }));
			expect(odd.error?.message).toBe('Options → Page Language: choose one of ar, en, es, hi, id, ms, pt, ru');
			const never = await bench.run(ask({ options: { waitLimit: 0 } }));
			expect(never.error?.message).toBe('Options → Wait Limit (Minutes): enter at least 1 minute');
			expect(bench.sandbox.control.requests()).toHaveLength(0);
		});

		it('a refused message stops the node instead of waiting', async () => {
			bench.sandbox.control.fault({ kind: 'status', status: 400 });
			const result = await bench.run(ask());
			expect(result.status).toBe('error');
		});
	});
}
