import * as fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { isSigned } from '../../../../nodes/Wapio/trigger/signature';

const SECRET = 'sixteen characters';
const NOW = 1_789_162_034;

function sign(body: Buffer, time: number | string = NOW, secret = SECRET): string {
	const hex = createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');
	return `t=${time},v1=${hex}`;
}

describe('isSigned', () => {
	it('takes what was signed with the secret, whatever bytes they are, and nothing else', () => {
		const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
		fc.assert(
			fc.property(bytes, bytes, (body, other) => {
				expect(isSigned(sign(body), body, SECRET, NOW)).toBe(true);
				expect(isSigned(sign(body), body, `${SECRET}!`, NOW)).toBe(false);
				expect(isSigned(sign(body), other, SECRET, NOW)).toBe(body.equals(other));
			}),
		);
	});

	it.each([
		[-300, true],
		[300, true],
		[-301, false],
		[301, false],
	])('of a time %d seconds off: %s', (seconds, expected) => {
		const body = Buffer.from('{}');
		expect(isSigned(sign(body, NOW + seconds), body, SECRET, NOW)).toBe(expected);
	});

	it('needs the time that was signed', () => {
		const body = Buffer.from('{}');
		const moved = sign(body).replace(`t=${NOW}`, `t=${NOW + 1}`);
		expect(isSigned(moved, body, SECRET, NOW)).toBe(false);
	});

	it('takes one right signature of several, in whatever order and case', () => {
		const body = Buffer.from('{}');
		const [time = '', right = ''] = sign(body).split(',');
		const wrong = `v1=${'0'.repeat(64)}`;
		expect(isSigned([wrong, right, time].join(' , '), body, SECRET, NOW)).toBe(true);
		expect(isSigned([time, right.toUpperCase().replace('V1', 'v1')].join(','), body, SECRET, NOW)).toBe(true);
		expect(isSigned([`${time},${wrong}`, right], body, SECRET, NOW)).toBe(true);
	});

	it('refuses without header, body or secret', () => {
		const body = Buffer.from('{}');
		expect(isSigned(undefined, body, SECRET, NOW)).toBe(false);
		expect(isSigned(sign(body), undefined, SECRET, NOW)).toBe(false);
		expect(isSigned(sign(body, NOW, ''), body, '', NOW)).toBe(false);
	});

	it('is not troubled by any other header', () => {
		const body = Buffer.from('{}');
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.array(fc.string()),
					fc.constantFrom(`t=${NOW},v1=`, 't=,v1=', `t=${NOW}`, 't=1e9,v1=0'),
				),
				(header) => {
					expect(isSigned(header, body, SECRET, NOW)).toBe(false);
				},
			),
		);
	});
});
