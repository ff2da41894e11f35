/** What the test of a credential says when it fails. */
import { providers } from '../support/providers';

const credentials = providers.flatMap(({ credentials: types }) =>
	Object.values(types).map(({ source }) => (typeof source === 'function' ? new source() : source)),
);

describe.each(credentials)('$displayName', ({ properties, test }) => {
	// n8n shows the message of the first rule that fits the status.
	const rules = test?.rules ?? [];
	const messageFor = (status: number): string | undefined =>
		rules.find((rule) => rule.type === 'responseCode' && rule.properties.value === status)?.properties.message;

	it.each([404, 405, 410])('names the Base URL when nothing is there (HTTP %i)', (status) => {
		expect(messageFor(status)).toMatch(/\bBase URL\./);
	});

	it('names only fields that it has', () => {
		const labels = properties.map(({ displayName }) => displayName);
		expect(rules.length).toBeGreaterThan(3);
		for (const { properties: rule } of rules) {
			const named = /Check (?:the )?(.+)\.$/.exec(rule.message)?.[1]?.split(/, | and /) ?? [];
			expect(named.length).toBeGreaterThan(0);
			expect(named.filter((label) => !labels.includes(label))).toEqual([]);
		}
	});
});
