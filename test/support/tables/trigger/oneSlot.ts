import type { INodeParameters } from 'n8n-workflow';
import type { FaultSpec, ProviderName } from '../../../../sandbox';
import { pathOf, type SandboxTriggerBench } from './bench';
import { describeRemoval } from './removal';
import { describeSharing } from './sharing';
import { describeWrongCredentials, type WrongCredential } from './credentials';

/** The webhook of another system. Its query is a secret that no message may show. */
const FOREIGN = 'https://crm.example.com/hooks/whatsapp?key=do-not-show-this';

const REPLACE = { options: { replaceExistingWebhook: true } };
const TAKE_OVER = { options: { takeOverProduction: true } };

/** What differs between the providers that keep one address. */
interface OneSlotTable {
	/** What the provider keeps an address for, in the words of the messages. */
	owner: string;
	/** The provider signs its calls, so the address carries no secret. */
	isSigned?: boolean;
	/** Values that may not be in the registered address. */
	hidden?: string[];
	/** Makes the provider accept addresses without storing them. */
	ignoredWrites: FaultSpec;
	wrongCredentials: WrongCredential[];
	/** A second slot in the same account: how a trigger is given it, and its key in the sandbox. */
	otherSlot?: { parameters?: INodeParameters; credential?: Record<string, string>; key: string };
}

/** How a trigger registers with a provider that keeps one address, replaces another's, and shares it with tests. */
export function describeOneSlot<Name extends ProviderName>(
	trigger: SandboxTriggerBench<Name>,
	table: OneSlotTable,
): void {
	describe('registration in one slot', () => describeRegistration(trigger, table));
	describe('replacing the webhook of another system', () => describeReplacing(trigger, table));
	describe('listening for a test event', () => describeListening(trigger));
	describe('taking over production for a test', () => describeTakeOver(trigger));
	describe('a slot that two workflows share', () => describeSharing(trigger));
	describe('a provider that is out of order', () =>
		describeRemoval(trigger, async () => [trigger.slot() ?? []].flat()));
	describeWrongCredentials(trigger, table.wrongCredentials);
}

function describeRegistration<Name extends ProviderName>(
	{
		deploy,
		publish,
		displayName,
		requests,
		writes,
		deliver,
		slot,
		setSlot,
		control,
		credentialWith,
	}: SandboxTriggerBench<Name>,
	{ isSigned = false, hidden = [], ignoredWrites, otherSlot }: OneSlotTable,
): void {
	it('is made, survives a restart without a request, and is removed', async () => {
		const wf = await publish();
		expect(pathOf(slot())).toBe(wf.productionUrl);

		const before = requests();
		wf.restart();
		expect(requests()).toBe(before);
		expect(await deliver()).toEqual([200]);
		await wf.idle();
		expect(wf.executions).toHaveLength(1);

		expect(await wf.deactivate()).toEqual([]);
		expect(slot()).toBeNull();
	});

	it(`has an address with ${isSigned ? 'no secret' : 'a secret'} and the workflow in it`, async () => {
		const wf = await publish();
		const secret = isSigned ? '' : 'secret=[\\w-]{32}&';
		expect(slot()).toMatch(new RegExp(`/webhook\\?${secret}workflow=${wf.id}&name=Trigger\\+test$`));
		for (const value of hidden) expect(slot()).not.toContain(value);
	});

	it('is left alone when it is right and the workflow is published again', async () => {
		const wf = await publish();
		const registered = writes();
		await wf.activate();
		expect(writes()).toBe(registered);
	});

	if (!isSigned) {
		it('gets a new secret when the key has changed and the workflow is published again', async () => {
			const wf = await publish();
			const address = slot() ?? '';
			setSlot(address.replace(/secret=[^&]+/, 'secret=of-the-old-key'));
			await wf.activate();
			expect(slot()).toBe(address);
		});
	}

	it('is not believed when the provider accepts the address without storing it', async () => {
		control().fault({ ...ignoredWrites, times: Infinity });
		await expect(publish()).rejects.toThrow(`${displayName()} accepted the webhook but did not store it`);
	});

	it('is not believed either when the provider keeps the old address', async () => {
		setSlot(FOREIGN);
		control().fault({ ...ignoredWrites, times: Infinity });
		await expect(publish(REPLACE)).rejects.toThrow(`${displayName()} accepted the webhook but did not store it`);
		expect(slot()).toBe(FOREIGN);
	});

	if (otherSlot) {
		const { parameters, credential = {}, key } = otherSlot;
		it('leaves the other slots of the account alone', async () => {
			const first = await publish();
			const second = deploy(parameters, credentialWith(credential));
			await second.activate();
			expect([pathOf(slot()), pathOf(slot(key))]).toEqual([first.productionUrl, second.productionUrl]);
		});
	}
}

function describeReplacing<Name extends ProviderName>(
	{ deploy, publish, writes, deliver, slot, setSlot }: SandboxTriggerBench<Name>,
	{ owner }: OneSlotTable,
): void {
	it('is refused before anything is written unless allowed, and names the slot and the host it leads to', async () => {
		setSlot(FOREIGN);
		const error = (await deploy()
			.activate()
			.catch((caught: unknown) => caught)) as Error;
		// n8n shows only the message here, so it has to say what to do.
		expect(error.message).toMatch(
			new RegExp(
				`^This ${owner} \\(.*credential "\\w+"\\) already sends its webhooks to crm\\.example\\.com\\. .*"Replace Existing Webhook"`,
			),
		);
		expect(JSON.stringify({ ...error, message: error.message, node: undefined })).not.toContain('do-not-show-this');
		expect(writes()).toBe(0);
		expect(slot()).toBe(FOREIGN);
	});

	it('puts it back when the workflow is unpublished, even after a restart', async () => {
		setSlot(FOREIGN);
		const wf = await publish(REPLACE);
		expect(pathOf(slot())).toBe(wf.productionUrl);
		wf.restart();
		expect(await wf.deactivate()).toEqual([]);
		expect(slot()).toBe(FOREIGN);
	});

	it('receives messages while the other address is remembered', async () => {
		setSlot(FOREIGN);
		const wf = await publish(REPLACE);
		expect(await deliver()).toEqual([200]);
		await wf.idle();
		expect(wf.executions).toHaveLength(1);
	});

	it('does not touch an address that was set elsewhere after publishing', async () => {
		const wf = await publish();
		setSlot(FOREIGN);
		const written = writes();
		expect(await wf.deactivate()).toEqual([]);
		expect(slot()).toBe(FOREIGN);
		expect(writes()).toBe(written);
	});

	it('is refused with the workflow of this n8n that has the slot, and its link', async () => {
		const first = await publish();
		await expect(deploy().activate()).rejects.toThrow(
			new RegExp(
				`^This ${owner} \\(.*\\) already sends its webhooks to the workflow "Trigger test" of this n8n \\(http://127\\.0\\.0\\.1:\\d+/workflow/${first.id}\\)\\. .*Unpublish that workflow.*"Replace Existing Webhook".*"Several workflows on one number"`,
			),
		);
		expect(pathOf(slot())).toBe(first.productionUrl);
		await expect(deploy().listen()).rejects.toThrow(/the workflow "Trigger test" of this n8n/);
	});

	it('is refused with the address where it is of this n8n and names no workflow', async () => {
		const first = await publish();
		setSlot(pathOf(slot()) ?? '');
		await expect(deploy().activate()).rejects.toThrow(
			`already sends its webhooks to another workflow of this n8n, at ${first.productionUrl}. `,
		);
	});

	it('is not needed again because a workflow was renamed', async () => {
		const wf = await publish();
		setSlot((slot() ?? '').replace(/name=.*/, 'name=As+it+was+called'));
		const written = writes();
		await wf.activate();
		expect(writes()).toBe(written);
		expect(await wf.deactivate()).toEqual([]);
		expect(slot()).toBeNull();
	});

	it('is possible for a test as well, with permission, until listening stops', async () => {
		setSlot(FOREIGN);
		await expect(deploy().listen()).rejects.toThrow(/already sends its webhooks/);
		expect(slot()).toBe(FOREIGN);
		expect(writes()).toBe(0);

		const wf = deploy(REPLACE);
		await wf.listen();
		expect(pathOf(slot())).toBe(wf.testUrl);
		await wf.stopListening();
		expect(slot()).toBe(FOREIGN);
	});
}

function describeListening<Name extends ProviderName>({
	deploy,
	publish,
	deliver,
	slot,
	writes,
}: SandboxTriggerBench<Name>): void {
	it('takes the empty slot of an unpublished workflow and empties it when the event has come', async () => {
		const wf = deploy();
		await wf.listen();
		expect(pathOf(slot())).toBe(wf.testUrl);
		await deliver();
		await wf.idle();
		expect(wf.executions.map(({ mode }) => mode)).toEqual(['manual']);
		expect(slot()).toBeNull();
	});

	it('empties the slot when listening is stopped', async () => {
		const wf = deploy();
		await wf.listen();
		await wf.stopListening();
		expect(slot()).toBeNull();
	});

	it('is refused while the workflow is published, and production is untouched', async () => {
		const wf = await publish();
		const [production, written] = [slot(), writes()];
		await expect(wf.listen()).rejects.toThrow(/^This workflow is published.*"Take Over Production While Testing"/);
		expect(slot()).toBe(production);
		expect(writes()).toBe(written);
	});
}

function describeTakeOver<Name extends ProviderName>({
	publish,
	deliver,
	slot,
	setSlot,
}: SandboxTriggerBench<Name>): void {
	it.each([1, 2])('lends the slot to a test and puts production back, listening %d time(s)', async (times) => {
		const wf = await publish(TAKE_OVER);
		const production = slot();
		for (let listened = 0; listened < times; listened++) await wf.listen();
		expect(pathOf(slot())).toBe(wf.testUrl);
		await wf.stopListening();
		expect(slot()).toBe(production);

		await deliver();
		await wf.idle();
		expect(wf.executions.map(({ mode }) => mode)).toEqual(['webhook']);
	});

	it('recovers production after n8n was killed while listening: by publishing, or by listening again', async () => {
		const wf = await publish(TAKE_OVER);
		const production = slot();
		const publishAgain = async () => await wf.activate();
		const listenAgain = async () => {
			await wf.listen();
			await wf.stopListening();
		};
		for (const recover of [publishAgain, listenAgain]) {
			await wf.listen();
			wf.killWhileListening();
			wf.restart();
			expect(pathOf(slot())).toBe(wf.testUrl);
			await recover();
			expect(slot()).toBe(production);
		}
	});

	it('puts back what was there before production if the workflow is unpublished while listening', async () => {
		setSlot(FOREIGN);
		const wf = await publish({ options: { ...REPLACE.options, ...TAKE_OVER.options } });
		await wf.listen();
		await wf.deactivate();
		expect(pathOf(slot())).toBe(wf.testUrl);
		await wf.stopListening();
		expect(slot()).toBe(FOREIGN);
	});
}
