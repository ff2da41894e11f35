/* The editor as a builder uses it: credentials, each node, its lists, a send, a trigger; by clicks and keys in a browser. */
import type { ProviderName } from '../../sandbox';
import { sleep } from '../../scripts/n8n/process';
import { EditorPage } from './editor/editorPage';
import { partOf } from '../support/provider';
import { providerOf } from '../support/providers';
import { credentialTypesOf, providerNames } from './providers';
import { expect, fact, known, openPage, test } from './support/fixtures';
import { chromium, NO_CHROMIUM, screenshotsFolder } from './support/settings';
import type { Stage } from './support/stage';

/** Long enough for a second message or execution to appear, if there were one. */
const SETTLE_MS = 2_000;

const WRONG = 'wrong-key-from-the-editor';

/** The provider whose trigger receives messages here. */
const RECEIVER = 'chatalo';

interface CredentialType {
	name: string;
	displayName: string;
	properties: Array<{ name: string; typeOptions?: { password?: boolean } }>;
}

const exactly = (text: string) => new RegExp(`^\\s*${text}\\s*$`);
const slug = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** What is typed into a credential of this type: by field, and which of the fields are secret. */
async function credentialToType({ n8n, credentials }: Stage, name: string) {
	const types = await n8n.api.credentialTypes<CredentialType>();
	const type = known(
		types.find((each) => each.name === name),
		`credential type ${name} in n8n`,
	);
	const data = credentials.find((each) => each.type === name)?.data ?? {};
	const values = Object.fromEntries(Object.entries(data).map(([field, value]) => [field, String(value)]));
	const secrets = type.properties.filter((field) => field.typeOptions?.password && data[field.name]);
	return { label: type.displayName, values, secrets: secrets.map((field) => field.name) };
}

test.skip(chromium === undefined, NO_CHROMIUM);

let editor: EditorPage;
/** The names of the credentials made in the editor, by type. */
let made: Map<string, string>;

for (const provider of providerNames) {
	// What is made in one test is used in those after it.
	test.describe.serial(provider, () => {
		test.beforeAll(async ({ browser, stage }) => {
			editor = new EditorPage(await openPage(browser, stage), stage.n8n.url, screenshotsFolder);
			made = new Map();
		});
		test.afterAll(async ({ stage }) => {
			// Also after a failure: the provider has one webhook, and other tests need it.
			if (provider === RECEIVER) await unpublishOpenWorkflow(stage);
			await editor.page.context().close();
		});

		for (const type of credentialTypesOf(provider)) credentialTests(type);
		actionNodeTests(provider);
		triggerNodeTests(provider);
		if (provider === RECEIVER) receivingTests(RECEIVER);
		test('the pages reported no errors', () => expect(editor.errors).toEqual([]));
	});
}

/** Makes a credential in the editor; its test passes, fails with a wrong key, and passes again. */
function credentialTests(type: string): void {
	const picture = async (stage: Stage, result: string) => {
		const { label } = await credentialToType(stage, type);
		const name = `credential-${slug(label.replace(/ API$/, ''))}-${result}`;
		await editor.picture(name, 'editCredential-modal');
	};

	test(`a new credential of type ${type} is saved and its test passes`, async ({ stage }) => {
		const { label, values } = await credentialToType(stage, type);
		made.set(type, await editor.credential.openNew(label));
		await editor.credential.fill(values);
		await editor.credential.saveAndPass();
		await picture(stage, 'passes');
	});
	test(`with a wrong key the test of ${type} fails, says what to check, and shows no key`, async ({ stage }) => {
		const { values, secrets } = await credentialToType(stage, type);
		await editor.credential.fill({ [known(secrets[0], 'secret field')]: WRONG });
		const words = await editor.credential.saveAndFail();
		fact('what the editor shows', words.split('\n').filter(Boolean).at(-1));
		expect(words).toMatch(/ does not (?:know|recognize) .*Check /);
		const shown = await editor.credential.words();
		for (const secret of [WRONG, ...secrets.map((name) => values[name] ?? '')]) {
			expect(shown.includes(secret), 'a key can be read on the screen').toBe(false);
		}
		await picture(stage, 'fails');
	});
	test(`with the right key the test of ${type} passes again`, async ({ stage }) => {
		const { values, secrets } = await credentialToType(stage, type);
		const key = known(secrets[0], 'secret field');
		await editor.credential.fill({ [key]: values[key] ?? '' });
		await editor.credential.saveAndPass();
		await editor.credential.close();
	});
}

/** Adds the action node, looks into its list, and sends one message. */
function actionNodeTests(provider: ProviderName): void {
	const { name: label, e2e } = providerOf(provider);
	const list = partOf(e2e.list);
	const elsewhere = partOf(e2e.listElsewhere);

	test('the action node is added from the nodes panel, with the credential', async () => {
		await editor.newWorkflow();
		await editor.addNode(label, 'Actions', exactly(e2e.sendEntry));
		await editor.panel.chooseCredential(made.get(`${provider}Api`) ?? '');
	});
	if (list !== undefined) {
		test(`its list "${list}" shows entries and can be searched`, async () => {
			fact('entries', await editor.panel.chooseFromList(list));
		});
	}
	test('it sends one message, and shows one item', async ({ stage }) => {
		const { control } = stage.sandbox;
		await editor.panel.fill({ phoneNumber: '6281234567890', text: 'Hello from the editor' });
		const before = control.messages(provider).length;
		await editor.panel.execute();
		await editor.panel.expectOneItem();
		await sleep(SETTLE_MS);
		const sent = control.messages(provider).slice(before);
		expect(sent.map(({ text }) => text)).toEqual(['Hello from the editor']);
		await editor.picture(`${provider.toLowerCase()}-node`, 'ndv');
	});
	test('a pause that is added is one of 3 to 8 seconds, and is saved', async ({ stage }) => {
		await editor.panel.addOption('Pause Between Messages');
		expect(await editor.panel.valuesOf(['min', 'max'])).toEqual({ min: '3', max: '8' });
		const options = async () => {
			const workflow = await stage.n8n.api.findWorkflow(editor.workflowId());
			return workflow?.nodes.map(({ parameters }) => parameters.options) ?? [];
		};
		// n8n leaves out what is as usual, and puts it back when the node runs.
		await expect
			.poll(options, { timeout: 30_000 })
			.toContainEqual({ pause: { seconds: expect.any(Object) as object } });
	});
	if (elsewhere === undefined) return;
	test(`"${elsewhere.action}": its list "${elsewhere.field}" shows entries and can be searched`, async () => {
		await editor.newWorkflow();
		await editor.addNode(label, 'Actions', exactly(elsewhere.action));
		await editor.panel.chooseCredential(made.get(elsewhere.credential) ?? '');
		fact('entries', await editor.panel.chooseFromList(elsewhere.field));
	});
}

/** Adds the trigger node and looks into its list. */
function triggerNodeTests(provider: ProviderName): void {
	const { name: label, e2e } = providerOf(provider);
	const triggerList = partOf(e2e.triggerList);

	test('the trigger node is added from the nodes panel, with the credential', async () => {
		await editor.newWorkflow();
		await editor.addNode(label, 'Triggers', /^\s*On any/);
		await editor.panel.chooseCredential(made.get(`${provider}Api`) ?? '');
		await editor.picture(`${provider.toLowerCase()}-trigger-node`, 'ndv');
	});
	if (triggerList === undefined) return;
	const { field, isMultiple } = triggerList;
	test(`the trigger's list "${field}" shows entries`, async () => {
		const { panel } = editor;
		const entries = isMultiple ? await panel.entriesOf(field) : await panel.chooseFromList(field);
		expect(entries).not.toHaveLength(0);
		fact('entries', entries);
	});
}

/** Lets the trigger in the open panel receive a message, for a test and in production. */
function receivingTests(provider: typeof RECEIVER): void {
	const expectRegistered = async ({ sandbox }: Stage, kind: 'webhook' | 'webhook-test') => {
		const slot = () => sandbox.control.webhook(provider) ?? '';
		await expect.poll(slot, { message: 'the registered URL', timeout: 60_000 }).toContain(`/${kind}/`);
	};

	test('"Execute workflow" listens, and shows the message that arrives', async ({ stage }) => {
		await editor.panel.close();
		await editor.at('execute-workflow-button').click();
		await expectRegistered(stage, 'webhook-test');
		await stage.sandbox.control.incoming(provider, 'text');
		await editor.panel.open();
		await editor.panel.expectOneItem();
		await editor.panel.expectOutput('from the sandbox');
		await editor.picture(`${provider}-trigger-received`, 'ndv');
		await editor.panel.close();
	});
	test('once published, a message starts one execution, which the list shows', async ({ stage }) => {
		fact('what the editor says on publishing', await editor.publish());
		await expectRegistered(stage, 'webhook');
		const { deliveries } = await stage.sandbox.control.incoming(provider, 'text');
		expect(deliveries.map(({ status }) => status)).toEqual([200]);
		await sleep(SETTLE_MS);
		expect(await editor.executions()).toEqual({ all: 2, tests: 1 });
		await editor.picture(`${provider}-executions`);
	});
}

async function unpublishOpenWorkflow({ n8n: { api } }: Stage): Promise<void> {
	const workflow = await api.findWorkflow(editor.workflowId());
	if (workflow && workflow.activeVersionId !== null) await api.unpublish(workflow.id);
}
