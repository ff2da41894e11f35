import * as fc from 'fast-check';
import { path } from '../../../nodes/shared/http/request';

const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => value !== '.' && value !== '..');
const nasty = fc.constantFrom(
	'../admin',
	'..%2f',
	'%2e%2e',
	'a/b',
	'a?b=c',
	'a#b',
	'\\',
	'a b',
	'6281@c.us',
	'%',
	'..;',
);

describe('path', () => {
	it('keeps every value inside its segment, from where the server reads it back', () => {
		fc.assert(
			fc.property(fc.oneof(text, nasty), fc.oneof(text, nasty), (one, other) => {
				const made = path`/sessions/${one}/chats/${other}/messages`;
				const { pathname, search, hash } = new URL(`https://gateway.example/api${made}`);
				expect(pathname.split('/').map(decodeURIComponent)).toEqual([
					'',
					'api',
					'sessions',
					one,
					'chats',
					other,
					'messages',
				]);
				expect(search + hash).toBe('');
			}),
		);
	});

	it.each(['', '.', '..'])('refuses %j, which would address something else', (value) => {
		expect(() => path`/sessions/${value}/webhook`).toThrow(/must not be empty/);
		expect(() => path`/sessions/${value}`).toThrow(/must not be empty/);
	});

	it('writes numbers and paths without values', () => {
		expect(path`/contacts/${12}`).toBe('/contacts/12');
		expect(path`/profile`).toBe('/profile');
	});
});
