import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { WhatsAppGateways } from '../../nodes/WhatsAppGateways/WhatsAppGateways.node';
import { type Catalog, fileNameOf, ROUTING_FILE, ROUTING_NODE } from '../../scripts/docs/catalog';
import { anchorOf, code, escaped, fromHtml } from '../../scripts/docs/markdown';
import { makeReference, type Reference } from '../../scripts/docs/reference';
import { shown } from '../../scripts/docs/stable';
import { conditionOf, typeOf } from '../../scripts/docs/words';
import { NodeTypeRegistry } from '../support/n8n/nodeTypes';
import { providerNodes, providers } from '../support/providers';

const docs = path.join(__dirname, '..', '..', 'docs');

/** The nodes and credential types as the sources say, without a build. */
function sourceCatalog(): Catalog {
	const nodes = new NodeTypeRegistry({ ...providerNodes(), [ROUTING_NODE]: WhatsAppGateways });
	const credentials = providers
		.flatMap((provider) => Object.values(provider.credentials))
		.map(({ source }) => (typeof source === 'function' ? new source() : source));
	return {
		node: (name) => nodes.getByNameAndVersion(name),
		credential: (name) => {
			const found = credentials.find((each) => each.name === name);
			if (found === undefined) throw new Error(`There is no credential type "${name}"`);
			return found;
		},
	};
}

/** Says where two texts part; undefined if they do not. */
function differenceOf(name: string, written: string, made: string): string | undefined {
	if (written === made) return undefined;
	const there = written.split('\n');
	const wanted = made.split('\n');
	const line = wanted.findIndex((text, place) => text !== there[place]);
	const place = line < 0 ? wanted.length : line;
	return `docs/${name} is not what the code says, run "npm run docs". Line ${place + 1}:\n- ${there[place] ?? ''}\n+ ${wanted[place] ?? ''}`;
}

describe('the pages made from the code', () => {
	let reference: Reference;
	beforeAll(async () => {
		reference = await makeReference(sourceCatalog(), docs);
		// Seconds on a machine of its own.
	}, 180_000);

	const names = [...providers.map(({ type }) => fileNameOf(type)), ROUTING_FILE];
	it.each([...names.map((name) => `reference/${name}`), ...names])('docs/%s is what the code says', (name) => {
		const file = path.join(docs, name);
		const written = existsSync(file) ? readFileSync(file, 'utf8') : '';
		expect(differenceOf(name, written, reference.pages.get(name) ?? '')).toBeUndefined();
	});

	it('are all there, and none beside', () => {
		expect(readdirSync(path.join(docs, 'reference')).sort()).toEqual([...names].sort());
	});

	it('have an example for every operation', () => {
		expect(reference.missing).toEqual([]);
		expect(reference.examples).toBeGreaterThan(100);
	});

	it('tell nothing of the machine they were made on, and no secret', () => {
		for (const [name, page] of reference.pages) {
			const faults = [/127\.0\.0\.1|localhost/, /\/tmp\/|\/home\//, /\bundefined\b|\[object /].filter((pattern) =>
				pattern.test(page),
			);
			expect([name, faults]).toEqual([name, []]);
			for (const secret of providers.flatMap(({ secrets }) => secrets)) expect(page).not.toContain(secret);
		}
	});
});

describe('what an example shows', () => {
	const run = {
		secrets: ['key-1234'],
		start: Date.parse('2026-05-05T10:00:00Z'),
		end: Date.parse('2026-05-05T10:00:02Z'),
	};

	it('is the same each time, without secrets, and short', () => {
		const output = {
			respondedAt: '2026-05-05T10:00:01.123Z',
			created: '2025-01-02T03:04:05Z',
			url: 'http://127.0.0.1:40123/files/a.pdf?key=key-1234',
			accessToken: 'abc',
			session: { raw: 'bps_sk_live-0001' },
			list: [1, 2, 3, 4, 5],
			image: `data:image/png;base64,${'A'.repeat(500)}`,
		};
		const { value, cuts } = shown(output, run);
		expect(value).toEqual({
			respondedAt: '2026-01-31T08:15:30.000Z',
			created: '2025-01-02T03:04:05Z',
			url: 'http://gateway.example.com/files/a.pdf?key=••••••',
			accessToken: '••••••',
			session: { raw: '••••••' },
			list: [1, 2, 3],
			image: expect.stringMatching(/^data:image\/png;base64,A{38}…$/) as string,
		});
		expect(cuts).toEqual([{ path: 'list', length: 5 }]);
	});
});

describe('words and Markdown', () => {
	it('leave nothing in a text that a table or GitHub would read as something else', () => {
		expect(escaped('a | b *c* <d> _e_ bps_pat_x `f` $g')).toBe(
			'a \\| b \\*c\\* &lt;d&gt; \\_e\\_ bps_pat_x \\`f\\` &#36;g',
		);
		expect(code('={{ $json.a || 1 }}')).toBe('`={{ $json.a \\|\\| 1 }}`');
		expect(fromHtml('See <a href="https://example.com/a">this</a> and <b>that</b>, 1 < 2')).toBe(
			'See [this](https://example.com/a) and **that**, 1 &lt; 2',
		);
		expect(anchorOf('Session: Get QR Code')).toBe('session-get-qr-code');
	});

	it('say when a field is shown, by the labels that the user sees', () => {
		const sendTo = {
			displayName: 'Send To',
			name: 'sendTo',
			type: 'options' as const,
			options: [{ name: 'A Group', value: 'group' }],
			default: 'group',
		};
		const group = {
			displayName: 'Group',
			name: 'group',
			type: 'string' as const,
			default: '',
			displayOptions: { show: { resource: ['message'], sendTo: ['group'] } },
		};
		expect(conditionOf(group, [sendTo, group])).toBe('*Send To* is A Group');
		expect(conditionOf({ ...group, displayOptions: { hide: { '/sendTo': ['group'] } } }, [sendTo])).toBe(
			'*Send To* is not A Group',
		);
	});

	it('fail for a kind of field that they have no words for', () => {
		expect(() => typeOf({ displayName: 'Colour', name: 'colour', type: 'color', default: '' })).toThrow(
			/"Colour" has the type "color"/,
		);
	});
});
