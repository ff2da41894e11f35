/* The package as n8n sees it. */
import { expect, fact, known, test } from './support/fixtures';
import { credentialTypesOf, providerNames } from './providers';
import type { Stage } from './support/stage';

const wrong = (data: Record<string, unknown>) =>
	Object.fromEntries(
		Object.entries(data).map(([field, value]) => [field, String(value).startsWith('http') ? value : 'wrong']),
	);

/** Runs a credential's own test, with what is stored or with other values. */
async function testCredential(
	{ n8n, credentials, credentialIds }: Stage,
	type: string,
	values = (data: Record<string, unknown>) => data,
) {
	const { id, name, data } = known(
		credentials.find((each) => each.type === type),
		`credential of type ${type}`,
	);
	const storedId = credentialIds.get(id) ?? '';
	return await n8n.api.testCredential({ name, type, id: storedId, data: values(data) });
}

for (const provider of providerNames) {
	for (const type of credentialTypesOf(provider)) {
		test.describe(type, () => {
			test('both nodes are loaded, and the action node also as an AI tool', async ({ stage }) => {
				const types = await stage.n8n.api.nodeTypes();
				const wanted = [provider, `${provider}Trigger`, `${provider}Tool`];
				expect(types).toEqual(expect.arrayContaining(wanted.map((name) => `${stage.packageName}.${name}`)));
			});
			test('the credential test accepts the right keys', async ({ stage }) => {
				const { status, message } = await testCredential(stage, type);
				expect(status, message).toBe('OK');
			});
			test('the credential test refuses wrong keys', async ({ stage }) => {
				const { status, message } = await testCredential(stage, type, wrong);
				expect(status, message).toBe('Error');
				fact('what the editor shows', message);
			});
		});
	}
}
