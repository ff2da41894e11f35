import type { INodeParameters } from 'n8n-workflow';
import type { ScriptedAnswer } from '../support/scriptedServer';
import { type Deployment, startTriggerHost, type TriggerHostOptions } from '../support/triggerHost';
import { pathOf, post } from '../support/tables/trigger/bench';
import { describeForged, describeReceiving, type ReceivingTable } from '../support/tables/trigger/receiving';
import { event, sample, usePigeon, usePigeonTrigger } from './pigeonBench';

const FOREIGN = 'https://crm.example.com/hook';
const REPLACE: INodeParameters = { options: { replaceExistingWebhook: true } };
const BOTH: INodeParameters = { options: { replaceExistingWebhook: true, takeOverProduction: true } };

const pigeon = usePigeon();
/** What the provider has, which it shows to nobody. */
let slot: string | null;
/** What becomes of a request that sets the webhook. */
let setting: 'works' | 'is refused' | 'loses its answer';

const trigger = usePigeonTrigger(pigeon, 'pigeonUnseenTrigger', () => (slot === null ? [] : [slot]));
const { deploy, publish } = trigger;

beforeEach(() => {
	slot = null;
	setting = 'works';
	pigeon.server().script(({ method, json }): ScriptedAnswer => {
		if (method === 'PUT' && setting !== 'is refused') slot = (json as { url: string }).url;
		if (method === 'PUT' && setting === 'loses its answer') return { drop: true };
		if (method === 'DELETE') slot = null;
		if (method === 'DELETE' || (method === 'PUT' && setting === 'works')) return { body: { ok: true } };
		return { status: 422, body: { ok: false, why: 'no' } };
	});
});

const methods = () => pigeon.server().requests.map(({ method }) => method);

/** Posts a message to the address in the slot and says in which mode the workflow has run since. */
const modesAfterMessage = async (wf: Deployment, id: string): Promise<string[]> => {
	const before = wf.executions.length;
	await post(slot ?? '', sample(id));
	await wf.idle();
	return wf.executions.slice(before).map(({ mode }) => mode);
};

describe('publishing with a slot that cannot be read', () => {
	it('is refused without permission, with the remedy, and nothing is sent', async () => {
		slot = FOREIGN;
		await expect(deploy().activate()).rejects.toThrow(
			/^Pigeon cannot show whether this loft already sends its webhooks elsewhere\. .*"Replace Existing Webhook"/,
		);
		// Not even by the clean-up that n8n makes after each try.
		expect(methods()).toEqual([]);
		expect(slot).toBe(FOREIGN);
	});

	it('sets the address, survives a restart without a request, and clears the slot when unpublished', async () => {
		const wf = await publish(REPLACE);
		expect(slot).toMatch(/\/webhook\?secret=[\w-]{32}$/);
		expect(pathOf(slot)).toBe(wf.productionUrl);
		expect(JSON.stringify(wf.savedStaticData)).not.toContain('secret');

		wf.restart();
		expect(await modesAfterMessage(wf, 'm')).toEqual(['webhook']);
		expect(await wf.deactivate()).toEqual([]);
		expect(slot).toBeNull();
		expect(methods()).toEqual(['PUT', 'DELETE']);
	});

	it('again sets the address again, which repairs a slot that was changed elsewhere', async () => {
		const wf = await publish(REPLACE);
		const production = slot;
		slot = FOREIGN;
		await wf.activate();
		expect(slot).toBe(production);
	});

	it('that the provider refuses leaves the slot as it is', async () => {
		slot = FOREIGN;
		setting = 'is refused';
		await expect(publish(REPLACE)).rejects.toThrow(/Pigeon refused the request/);
		expect(methods()).not.toContain('DELETE');
		expect(slot).toBe(FOREIGN);
	});

	it('whose outcome is unknown is cleaned up', async () => {
		setting = 'loses its answer';
		await expect(publish(REPLACE)).rejects.toThrow(/may have been made/);
		expect(slot).toBeNull();
	});

	it('with permission for less is refused after it was published with more, and unpublishing sends nothing', async () => {
		const wf = await publish(REPLACE);
		await wf.deactivate();
		slot = FOREIGN;
		wf.setParameters({});
		await expect(wf.activate()).rejects.toThrow(/cannot show/);
		expect(await wf.deactivate()).toEqual([]);
		expect(slot).toBe(FOREIGN);
	});
});

describe('listening for a test event with a slot that cannot be read', () => {
	it.each<[string, INodeParameters, RegExp]>([
		['no permission', {}, /^Pigeon cannot show whether .*"Replace Existing Webhook"/],
		['permission to take over alone', { options: { takeOverProduction: true } }, /"Replace Existing Webhook"/],
		['permission to replace alone', REPLACE, /would replace the production webhook\. .*"Take Over Production/],
	])('is refused with %s, and nothing is sent', async (_name, parameters, message) => {
		const wf = await publish(REPLACE);
		const production = slot;
		wf.setParameters(parameters);
		await expect(wf.listen()).rejects.toThrow(message);
		expect(slot).toBe(production);
		expect(methods()).toEqual(['PUT']);
	});

	it('replaces production until the event comes', async () => {
		const wf = await publish(BOTH);
		const production = slot;
		await wf.listen();
		expect(pathOf(slot)).toBe(wf.testUrl);
		expect(await modesAfterMessage(wf, 'test')).toEqual(['manual']);
		expect(slot).toBe(production);
		expect(await modesAfterMessage(wf, 'live')).toEqual(['webhook']);
	});

	it.each([1, 2])('replaces production until it is stopped, listening %d time(s)', async (times) => {
		const wf = await publish(BOTH);
		const production = slot;
		for (let listened = 0; listened < times; listened++) await wf.listen();
		expect(pathOf(slot)).toBe(wf.testUrl);
		await wf.stopListening();
		expect(slot).toBe(production);
		await wf.stopListening();
		expect(slot).toBe(production);
	});

	it('recovers production after n8n was killed: by publishing, or by listening again', async () => {
		const wf = await publish(BOTH);
		const production = slot;
		const publishAgain = async () => await wf.activate();
		const listenAgain = async () => {
			await wf.listen();
			await wf.stopListening();
		};
		for (const recover of [publishAgain, listenAgain]) {
			await wf.listen();
			wf.killWhileListening();
			wf.restart();
			expect(pathOf(slot)).toBe(wf.testUrl);
			await recover();
			expect(slot).toBe(production);
		}
	});

	it('clears the slot when unpublished after n8n was killed', async () => {
		const wf = await publish(BOTH);
		await wf.listen();
		wf.killWhileListening();
		wf.restart();
		expect(await wf.deactivate()).toEqual([]);
		expect(slot).toBeNull();
	});

	it('that the provider refuses leaves production where it is', async () => {
		const wf = await publish(BOTH);
		const production = slot;
		setting = 'is refused';
		await expect(wf.listen()).rejects.toThrow(/Pigeon refused the request/);
		expect(slot).toBe(production);
		expect(methods()).toEqual(['PUT', 'PUT']);
	});

	it('leaves the production URL of an unpublished workflow, since it cannot tell, until it is unpublished', async () => {
		const wf = deploy(BOTH);
		await wf.listen();
		await wf.stopListening();
		expect(pathOf(slot)).toBe(wf.productionUrl);
		await wf.activate();
		await wf.deactivate();
		expect(slot).toBeNull();
	});

	it('sets the production URL as well if the workflow was unpublished while listening', async () => {
		const wf = await publish(BOTH);
		await wf.listen();
		await wf.deactivate();
		expect(slot).toBeNull();
		await wf.stopListening();
		expect(pathOf(slot)).toBe(wf.productionUrl);
	});
});

describe('an n8n whose webhook paths were renamed', () => {
	/** Deploys on another n8n than the usual one. */
	const on = async (prefixes: TriggerHostOptions['prefixes'], use: (wf: Deployment) => Promise<void>) => {
		const host = await startTriggerHost(pigeon.engine(), { prefixes });
		try {
			await use(host.deploy({ type: 'pigeonUnseenTrigger', parameters: BOTH }));
		} finally {
			await host.close();
		}
	};

	it('does not listen, as production could not be restored', async () => {
		await on({ test: 'try' }, async (wf) => {
			await wf.activate();
			const production = slot;
			await expect(wf.listen()).rejects.toThrow(/^After a test, the production URL could not be restored/);
			expect(slot).toBe(production);
			expect(await wf.deactivate()).toEqual([]);
			expect(slot).toBeNull();
		});
	});

	it('does not publish what a test would then lose', async () => {
		await on({ production: 'hooks' }, async (wf) => {
			await expect(wf.activate()).rejects.toThrow(/Turn off "Take Over Production While Testing"/);
			expect(methods()).toEqual([]);
			wf.setParameters(REPLACE);
			await wf.activate();
			expect(pathOf(slot)).toBe(wf.productionUrl);
		});
	});
});

describe('receiving', () => {
	const receiving: ReceivingTable = {
		parameters: BOTH,
		address: () => slot ?? '',
		sample,
		event,
		others: [['its id', sample('another')]],
	};
	describeReceiving(trigger, receiving);
	describeForged(trigger, receiving);
});

describe('the panel', () => {
	const propertiesOf = (type: string) =>
		pigeon.engine().nodeTypes.getByNameAndVersion(type, 1).description.properties;
	const optionsOf = (type: string) =>
		JSON.stringify(propertiesOf(type).find(({ type: kind }) => kind === 'collection'));

	it('says that the provider cannot show the webhook, and what the options do then', () => {
		const notice = propertiesOf('pigeonUnseenTrigger')[0];
		expect(notice?.type).toBe('notice');
		expect(notice?.displayName).toMatch(/cannot show which webhook is set.*"Replace Existing Webhook"/);
		expect(optionsOf('pigeonUnseenTrigger')).toMatch(/cannot be restored/);
		expect(optionsOf('pigeonUnseenTrigger')).toMatch(/the production URL is set/);
	});

	it.each(['pigeonTrigger', 'pigeonPastedTrigger'])('says nothing of it for %s', (type) => {
		expect(propertiesOf(type).map((property) => property.type)).not.toContain('notice');
		expect(optionsOf(type)).not.toMatch(/Replace Existing Webhook/);
	});
});
