import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Deployment } from '../../triggerHost';
import { firstItems, post, type TriggerBench } from './bench';
import { processorMs } from '../../processorTime';

/** A call that does not come from the provider: sent to the production URL with this query and these headers. */
export interface Forgery {
	name: string;
	query?: string;
	/** Made when the call is sent, since a signature may hold the time. */
	headers?: (body: string) => Record<string, string>;
}

/** How the calls of a provider look. */
export interface ReceivingTable {
	parameters?: INodeParameters;
	/** The address that the provider has for a published workflow. */
	address: (wf: Deployment) => Promise<string> | string;
	/** What a genuine call has beside its content type. */
	headers?: (body: string) => Record<string, string>;
	/** A message as the provider posts it. */
	sample: () => IDataObject;
	/** The event that the trigger makes of it; the payload under `raw` is added. */
	event: IDataObject;
	/** Messages that are not the sample, by what they differ in. */
	others: Array<[difference: string, body: IDataObject]>;
	/** Bodies that are no webhook of this provider, in addition to those that are none of any provider. */
	malformed?: Array<[name: string, body: unknown]>;
	/** For a provider that signs its calls; otherwise they lack the secret of the address. */
	forgeries?: Forgery[];
}

const NO_PROVIDER: Array<[name: string, body: unknown]> = [
	['an empty body', ''],
	['an empty object', {}],
	['a list', []],
	['a list with an object', [{}]],
	['a number', '5'],
	['a word', '"message"'],
	['null', 'null'],
];

/** A genuine message with something in it that is nested as deep as this. */
const nested = (sample: IDataObject, levels: number): string =>
	`${JSON.stringify(sample).slice(0, -1)},"more":${'['.repeat(levels)}${']'.repeat(levels)}}`;

const WITHOUT_SECRET: Forgery[] = [
	{ name: 'no secret', query: '' },
	{ name: 'a wrong secret', query: '?secret=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' },
	{ name: 'two secrets', query: '?secret=a&secret=b' },
];

/** Posts a body as the provider would. */
async function postGenuine({ address, headers }: ReceivingTable, wf: Deployment, body: unknown): Promise<Response> {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return await post(await address(wf), text, headers?.(text));
}

/** The same with another text in place of each that is no name: names tell what kind of a call it is. */
function withTexts(sample: IDataObject, text: string): IDataObject {
	return JSON.parse(
		JSON.stringify(sample, (_name, value: unknown) =>
			typeof value === 'string' && !/^[a-z_.-]+$/.test(value) ? text : value,
		),
	) as IDataObject;
}

/** What a trigger makes of a call: the event, the payload as it came, or a refusal. */
export function describeReceiving(trigger: TriggerBench, table: ReceivingTable): void {
	const { parameters = {}, sample, event, malformed = [] } = table;

	describe('receiving', () => {
		it('starts one execution for a message, with the fields that all providers share', async () => {
			const wf = await trigger.publish(parameters);
			const response = await postGenuine(table, wf, sample());
			await wf.idle();

			expect(response.status).toBe(200);
			expect(await response.json()).toEqual({ message: 'ok' });
			expect(wf.executions).toHaveLength(1);
			// When it came is ours to say; everything else is typed by hand.
			const receivedAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
			expect(wf.executions[0]?.items).toEqual([{ json: { ...event, receivedAt } }]);
		});

		it('is not held up by long texts of any kind', async () => {
			const wf = await trigger.publish(parameters);
			for (const piece of ['@', '.', '0', ' ', ':1', '/', '-']) {
				const long = `${piece.repeat(100_000 / piece.length)}x`;
				let status = 0;
				const taken = await processorMs(async () => {
					({ status } = await postGenuine(table, wf, withTexts(sample(), long)));
					await wf.idle();
				});
				// A pattern that grows with the square takes seconds for each of the texts.
				expect(taken).toBeLessThan(4_000);
				expect(status).toBeLessThan(500);
			}
		});

		it.each([101, 6_000, 200_000])('answers 400 to a message that is nested %d deep', async (levels) => {
			const wf = await trigger.publish(parameters);
			expect((await postGenuine(table, wf, nested(sample(), levels))).status).toBe(400);
			await wf.idle();
			expect(wf.executions).toHaveLength(0);
			expect((await postGenuine(table, wf, nested(sample(), 50))).status).toBe(200);
		});

		it('returns the payload as it came with the output Raw', async () => {
			const wf = await trigger.publish({ ...parameters, output: 'raw' });
			await postGenuine(table, wf, sample());
			expect(await firstItems(wf)).toEqual([sample()]);
		});

		it.each([...NO_PROVIDER, ...malformed])('answers 400 to %s and starts nothing', async (_name, body) => {
			const wf = await trigger.publish(parameters);
			const response = await postGenuine(table, wf, body);
			await wf.idle();
			expect(response.status).toBe(400);
			expect(wf.executions).toHaveLength(0);
		});
	});
}

/** Which deliveries count as the same message. */
export function describeRedelivery(trigger: TriggerBench, table: ReceivingTable): void {
	const { parameters = {}, sample, others } = table;

	describe('redelivery', () => {
		it.each([false, true])('of a message by the provider, together: %s, starts one execution', async (parallel) => {
			const wf = await trigger.publish(parameters);
			expect(await trigger.deliver({ times: 3, parallel })).toEqual([200, 200, 200]);
			await wf.idle();
			expect(wf.executions).toHaveLength(1);
		});

		it.each([false, true])('of the sample, together: %s, starts one execution', async (parallel) => {
			const wf = await trigger.publish(parameters);
			const once = async () => (await postGenuine(table, wf, sample())).status;
			const statuses = parallel
				? await Promise.all([once(), once(), once()])
				: [await once(), await once(), await once()];
			await wf.idle();
			expect(statuses).toEqual([200, 200, 200]);
			expect(wf.executions).toHaveLength(1);
		});

		it('is recognized by what is saved with the workflow for the time after a restart', async () => {
			const wf = await trigger.publish(parameters);
			await postGenuine(table, wf, sample());
			const [item] = await firstItems(wf);
			expect(wf.savedStaticData[`node:${wf.triggerName}`]).toEqual({ seenEvents: item?.id });
		});

		it.each(others)('is not assumed of a message that differs in %s', async (_difference, body) => {
			const wf = await trigger.publish(parameters);
			await postGenuine(table, wf, sample());
			await postGenuine(table, wf, body);
			await wf.idle();
			expect(wf.executions).toHaveLength(2);
		});
	});
}

/** What does not come from the provider is refused, in production and while listening. */
export function describeForged(trigger: TriggerBench, table: ReceivingTable): void {
	const { parameters = {}, sample, forgeries = WITHOUT_SECRET } = table;

	describe('forged calls', () => {
		it.each(forgeries)('with $name get 401 and start nothing', async ({ query = '', headers }) => {
			const wf = await trigger.publish(parameters);
			const body = JSON.stringify(sample());
			const response = await post(`${wf.productionUrl}${query}`, body, headers?.(body));
			await wf.idle();
			expect(response.status).toBe(401);
			expect(wf.executions).toHaveLength(0);

			// It was the forgery that was refused, nothing else about the call.
			expect((await postGenuine(table, wf, body)).status).toBe(200);
		});

		it('while listening get 401, start nothing and leave n8n listening', async () => {
			const wf = trigger.deploy(parameters);
			await wf.listen();
			const response = await post(wf.testUrl, sample());
			expect(response.status).toBe(401);
			expect(wf.executions).toHaveLength(0);
			expect(wf.isListening).toBe(true);
		});
	});
}
