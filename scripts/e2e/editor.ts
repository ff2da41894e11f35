/* The editor as a builder uses it: credentials, each node, its lists, a send, a trigger; by clicks and keys in a real browser. */
import type { Sandbox } from '../../sandbox';
import { providers, type ProviderName } from '../../sandbox';
import type { Credential } from '../n8n/content';
import { sleep, until } from '../n8n/process';
import { withPage } from './browser';
import { ensure, equal, type Checks } from './checks';
import { Editor } from './editorPage';
import type { Stage } from './stage';

/** Long enough for a second message or execution to show up, if there were one. */
const SETTLE_MS = 2_000;

const WRONG = 'wrong-key-from-the-editor';

/** Where a list is that a provider's text message does not ask for. */
interface ListPlace {
	action: string;
	field: string;
	credential: string;
}

/** What the editor calls things, where providers differ. */
interface Words {
	/** The provider's name, by which its nodes are found. */
	name: string;
	/** The entry of the nodes panel that sends a text. */
	send: string;
	/** The searchable list of that operation. */
	list?: string;
	/** A list to look at elsewhere. */
	elsewhere?: ListPlace;
	/** The list of the trigger. */
	triggerList?: { field: string; several: boolean };
}

const words: Record<ProviderName, Words> = {
	balesOtomatis: {
		name: 'BalesOtomatis',
		send: 'Send a text message to a person',
		list: 'number',
		triggerList: { field: 'devices', several: true },
	},
	chatalo: { name: 'Chatalo', send: 'Send a text message to a person or a group', list: 'device', triggerList: { field: 'devices', several: true } },
	chategy: {
		name: 'Chategy',
		send: 'Send a text message to a person',
		elsewhere: { action: 'Get an instance by its customer ID', field: 'customerId', credential: 'chategyDeveloperApi' },
	},
	wapio: { name: 'Wapio', send: 'Send a text message to a person or a group', list: 'session', triggerList: { field: 'session', several: false } },
	whacenter: { name: 'Whacenter', send: 'Send a text message to a person' },
};

interface CredentialType {
	name: string;
	displayName: string;
	properties: Array<{ name: string; typeOptions?: { password?: boolean } }>;
}

/** What the checks below share. */
interface Work {
	stage: Stage;
	checks: Checks;
	editor: Editor;
	/** The names of the credentials made in the editor, by type. */
	made: Map<string, string>;
}

const exactly = (text: string) => new RegExp(`^\\s*${text}\\s*$`);
const slug = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** Makes a credential in the editor; its test passes, fails with a wrong key, and passes again. */
async function credentialChecks({ stage, checks, editor, made }: Work, credential: Credential): Promise<void> {
	const types = await stage.n8n.api.credentialTypes<CredentialType>();
	const type = types.find(({ name }) => name === credential.type);
	ensure(type !== undefined, `n8n knows no credential type ${credential.type}`);
	const secrets = type.properties.filter(({ name, typeOptions }) => typeOptions?.password && credential.data[name]).map(({ name }) => name);
	const [key = ''] = secrets;
	const values = Object.fromEntries(Object.entries(credential.data).map(([name, value]) => [name, String(value)]));
	const picture = async (name: string) => await editor.picture(`credential-${slug(type.displayName.replace(/ API$/, ''))}-${name}`, 'editCredential-modal');

	await checks.check(`a new "${type.displayName}" credential is saved and its test passes`, async () => {
		made.set(credential.type, await editor.newCredential(type.displayName));
		await editor.type(values);
		const { passed, text } = await editor.saveCredential();
		ensure(passed, text);
		await picture('passes');
	});
	await checks.check('with a wrong key its test fails, says what to check, and shows no key', async () => {
		await editor.type({ [key]: WRONG });
		const { passed, text } = await editor.saveCredential();
		ensure(!passed, 'the test passed');
		const said = text.split('\n').filter(Boolean).at(-1) ?? '';
		checks.fact('what the editor shows', said);
		ensure(/ does not know .*Check /.test(said), `These are not our words: ${text}`);
		const shown = await editor.wordsOfDialog();
		for (const secret of [WRONG, ...secrets.map((name) => values[name] ?? '')]) ensure(!shown.includes(secret), 'a key can be read on the screen');
		await picture('fails');
	});
	await checks.check('with the right key again it passes again', async () => {
		await editor.type({ [key]: values[key] ?? '' });
		const { passed, text } = await editor.saveCredential();
		ensure(passed, text);
		await editor.closeCredential();
	});
}

/** Adds the action node, looks into its list, and sends one message. */
async function actionNodeChecks({ stage, checks, editor, made }: Work, provider: ProviderName): Promise<void> {
	const { control } = stage.sandbox;
	const { name, send, list, elsewhere } = words[provider];
	await checks.check(`the ${name} node is added from the nodes panel, with the credential`, async () => {
		await editor.newWorkflow();
		await editor.addNode(name, 'Actions', exactly(send));
		await editor.chooseCredential(made.get(`${provider}Api`) ?? '');
	});
	if (list !== undefined) {
		await checks.check(`its list "${list}" shows entries and can be searched`, async () => {
			checks.fact('entries', await editor.chooseFromList(list));
		});
	}
	await checks.check('it sends one message, and shows one item', async () => {
		await editor.type({ phoneNumber: '6281234567890', text: 'Hello from the editor' });
		const before = control.messages(provider).length;
		const output = await editor.executeStep();
		ensure(/\b1 item\b/.test(output), output);
		await sleep(SETTLE_MS);
		const sent = control.messages(provider).slice(before);
		equal(sent.map(({ text }) => text), ['Hello from the editor'], 'messages');
		await editor.picture(`${provider.toLowerCase()}-node`, 'ndv');
	});
	if (elsewhere === undefined) return;
	await checks.check(`"${elsewhere.action}": its list "${elsewhere.field}" shows entries and can be searched`, async () => {
		await editor.newWorkflow();
		await editor.addNode(name, 'Actions', exactly(elsewhere.action));
		await editor.chooseCredential(made.get(elsewhere.credential) ?? '');
		checks.fact('entries', await editor.chooseFromList(elsewhere.field));
	});
}

/** Adds the trigger node and looks into its list. */
async function triggerNodeChecks({ checks, editor, made }: Work, provider: ProviderName): Promise<void> {
	const { name, triggerList } = words[provider];
	await checks.check(`the ${name} Trigger node is added from the nodes panel, with the credential`, async () => {
		await editor.newWorkflow();
		await editor.addNode(name, 'Triggers', /^\s*On any/);
		await editor.chooseCredential(made.get(`${provider}Api`) ?? '');
		await editor.picture(`${provider.toLowerCase()}-trigger-node`, 'ndv');
	});
	if (triggerList === undefined) return;
	await checks.check(`its list "${triggerList.field}" shows entries`, async () => {
		const { field, several } = triggerList;
		const entries = several ? await editor.entriesOf(field) : await editor.chooseFromList(field);
		ensure(entries.length > 0, 'there are none');
		checks.fact('entries', entries);
	});
}

/** Lets the trigger in the open panel receive a message, for a test and in production. */
async function receivingChecks({ stage, checks, editor }: Work, provider: 'chatalo'): Promise<void> {
	const { control }: Sandbox = stage.sandbox;
	const registered = async (kind: string) => await until(`the ${kind} URL to be registered`, () => (control.webhook(provider) ?? '').includes(`/${kind}/`), 60_000);
	await checks.check('"Execute workflow" listens, and shows the message that arrives', async () => {
		await editor.closePanel();
		await editor.at('execute-workflow-button').click();
		await registered('webhook-test');
		await control.incoming(provider, 'text');
		await editor.openPanel();
		const output = await editor.output();
		ensure(/\b1 item\b/.test(output) && output.includes('from the sandbox'), output);
		await editor.picture(`${provider}-trigger-received`, 'ndv');
		await editor.closePanel();
	});
	await checks.check('once published, a message starts one execution, which the list shows', async () => {
		checks.fact('what the editor says on publishing', await editor.publish());
		await registered('webhook');
		equal((await control.incoming(provider, 'text')).deliveries.map(({ status }) => status), [200], 'answers');
		await sleep(SETTLE_MS);
		equal(await editor.executions(), { all: 2, tests: 1 }, 'executions');
		await editor.picture(`${provider}-executions`);
	});
	await stage.n8n.api.unpublish(editor.workflowId());
}

/**
 * Everything that is looked at in the editor. Takes pictures where a folder is given: of each credential's test, of each node's
 * panel (`chatalo-node.png`, `chatalo-trigger-node.png`), of lists and executions.
 */
export async function editorChecks(stage: Stage, checks: Checks, options: { folder?: string; browser?: string }): Promise<void> {
	const { url, api } = stage.n8n;
	checks.about('In the editor');
	await withPage(stage.installation, { url, cookie: api.loginCookie, browser: options.browser }, async (page) => {
		const work: Work = { stage, checks, editor: new Editor(page, url, options.folder), made: new Map() };
		for (const credential of stage.credentials) await credentialChecks(work, credential);
		for (const provider of Object.keys(providers) as ProviderName[]) {
			await actionNodeChecks(work, provider);
			await triggerNodeChecks(work, provider);
			if (provider === 'chatalo') await receivingChecks(work, provider);
		}
		await checks.check('the pages reported no errors', () => equal(work.editor.errors, [], 'errors'));
	});
}
