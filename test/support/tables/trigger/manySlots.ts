import type { INodeParameters } from 'n8n-workflow';
import type { Deployment } from '../../triggerHost';
import type { ProviderName } from '../../../../sandbox';
import { pathOf, post, type SandboxTriggerBench, type TriggerBench } from './bench';
import { describeRemoval } from './removal';
import { describeWrongCredentials, type WrongCredential } from './credentials';

/** The webhook of another system in the same account. */
const FOREIGN = 'https://crm.example.com/hooks/whatsapp?key=do-not-touch-this';

/** An address in the provider's list. */
export interface ListedHook {
	id: string | number;
	url: string;
}

/** What differs between the providers that keep a list of addresses. */
interface ManySlotsTable {
	/** The provider's list as another program of the account sees it. */
	hooks: {
		all: () => Promise<ListedHook[]>;
		add: (url: string) => Promise<ListedHook>;
		/** Changes the address of an entry. */
		move: (id: ListedHook['id'], url: string) => Promise<void>;
		/** Removes all of them. */
		clear: () => void;
	};
	/** A message as the provider posts it. */
	sample: () => unknown;
	/** Parameters that are registered differently, if what is registered depends on them. */
	otherParameters?: INodeParameters;
	wrongCredentials?: WrongCredential[];
}

/** How a trigger registers with a provider that keeps a list of addresses, beside other systems and its own tests. */
export function describeManySlots<Name extends ProviderName>(
	trigger: SandboxTriggerBench<Name>,
	table: ManySlotsTable,
): void {
	describe('registration in a list', () => describeRegistration(trigger, table));
	describe('listening for a test event', () => describeListening(trigger, table));
	describe('a provider that is out of order', () =>
		describeRemoval(trigger, async () => (await table.hooks.all()).map(({ url }) => url)));
	if (table.wrongCredentials) describeWrongCredentials(trigger, table.wrongCredentials);
}

/** The one entry that leads to a workflow in production. */
async function entryOf(wf: Deployment, { hooks }: ManySlotsTable): Promise<ListedHook> {
	const own = (await hooks.all()).filter(({ url }) => pathOf(url) === wf.productionUrl);
	expect(own).toHaveLength(1);
	return own[0] as ListedHook;
}

function describeRegistration({ publish, requests, writes }: TriggerBench, table: ManySlotsTable): void {
	const { hooks, sample, otherParameters } = table;

	it('is made with a secret, survives a restart without a request, and is removed', async () => {
		const wf = await publish();
		const entry = await entryOf(wf, table);
		expect(entry.url).toMatch(/\/webhook\?secret=[\w-]{32}$/);
		expect(writes()).toBe(1);

		const before = requests();
		wf.restart();
		expect(requests()).toBe(before);
		expect((await post(entry.url, sample())).status).toBe(200);
		await wf.idle();
		expect(wf.executions).toHaveLength(1);

		expect(await wf.deactivate()).toEqual([]);
		expect(await hooks.all()).toEqual([]);
	});

	it('is left alone when it is right and the workflow is published again', async () => {
		const wf = await publish();
		const entry = await entryOf(wf, table);
		const registered = writes();
		await wf.activate();
		expect(writes()).toBe(registered);
		expect(await entryOf(wf, table)).toEqual(entry);
	});

	it('replaces an entry with an old secret and adds no second one', async () => {
		const wf = await publish();
		const entry = await entryOf(wf, table);
		await hooks.move(entry.id, entry.url.replace(/secret=[^&]+/, 'secret=of-the-old-key'));
		await wf.activate();
		expect((await entryOf(wf, table)).url).toBe(entry.url);
		expect(await hooks.all()).toHaveLength(1);
	});

	it('never touches the webhooks of other workflows and systems', async () => {
		const foreign = await hooks.add(FOREIGN);
		const other = await publish();
		const otherEntry = await entryOf(other, table);

		const wf = await publish();
		await wf.listen();
		await wf.stopListening();
		if (otherParameters) wf.setParameters(otherParameters);
		await wf.activate();
		expect(await hooks.all()).toHaveLength(3);
		expect(await hooks.all()).toEqual(expect.arrayContaining([foreign, otherEntry]));
		expect(await wf.deactivate()).toEqual([]);
		expect(await hooks.all()).toEqual([foreign, otherEntry]);

		await post(otherEntry.url, sample());
		await other.idle();
		expect(other.executions).toHaveLength(1);
		expect(wf.executions).toHaveLength(0);
	});

	it('that is already gone does not fail unpublishing', async () => {
		const wf = await publish();
		hooks.clear();
		expect(await wf.deactivate()).toEqual([]);
	});
}

function describeListening({ deploy, publish }: TriggerBench, table: ManySlotsTable): void {
	const { hooks, sample } = table;
	const paths = async () => (await hooks.all()).map(({ url }) => pathOf(url));

	it('adds an entry for the test, which is gone when the event has come', async () => {
		const wf = deploy();
		await wf.listen();
		expect(await paths()).toEqual([wf.testUrl]);
		await post((await hooks.all())[0]?.url ?? '', sample());
		await wf.idle();
		expect(wf.executions.map(({ mode }) => mode)).toEqual(['manual']);
		expect(await hooks.all()).toEqual([]);
	});

	it('does not disturb production, during the test or after it', async () => {
		const wf = await publish();
		const production = await entryOf(wf, table);
		await wf.listen();
		expect((await paths()).sort()).toEqual([wf.productionUrl, wf.testUrl].sort());

		await post(production.url, sample());
		await wf.idle();
		expect(wf.executions.map(({ mode }) => mode)).toEqual(['webhook']);
		await wf.stopListening();
		expect(await hooks.all()).toEqual([production]);
	});

	it.each(['listening twice without stopping', 'n8n killed while listening'])(
		'%s leaves no entry behind',
		async (interruption) => {
			const wf = await publish();
			const production = await entryOf(wf, table);
			await wf.listen();
			if (interruption.startsWith('n8n')) {
				wf.killWhileListening();
				wf.restart();
			}
			await wf.listen();
			expect(await paths()).toEqual([wf.productionUrl, wf.testUrl]);
			await wf.stopListening();
			expect(await hooks.all()).toEqual([production]);
		},
	);
}
