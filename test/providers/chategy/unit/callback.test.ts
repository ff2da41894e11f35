import * as fc from 'fast-check';
import { parseCallback } from '../../../../nodes/Chategy/trigger/callback';

/** API reference, Callback of the sending status. */
const EXAMPLE = {
	delivery: {
		sender_name: 'CHATEGY.IO',
		id: 26,
		status: { status_id: 26, description: 'some text', dispatch_routing: 'whatsapp' },
	},
};

describe('the callback of a delivery', () => {
	it("from the API reference's example is understood", () => {
		expect(parseCallback(EXAMPLE)).toEqual({
			final: true,
			item: {
				sender_name: 'CHATEGY.IO',
				id: 26,
				status: {
					status_id: 26,
					description: 'some text',
					dispatch_routing: 'whatsapp',
					name: 'length_restriction',
					final: true,
					delivered: false,
				},
			},
		});
	});

	it('may have its status next to the delivery, and numbers as text', () => {
		const body = { delivery: { id: '7', sender_name: null }, status: { status_id: '2' } };
		expect(parseCallback(body)).toEqual({
			final: true,
			item: {
				id: 7,
				sender_name: null,
				status: { status_id: 2, name: 'delivered', final: true, delivered: true },
			},
		});
	});

	it.each([
		[6, false],
		[16, true],
		// Chategy calls when the status has become final.
		[4711, true],
	])('with status %d is final: %j', (status_id, final) => {
		expect(parseCallback({ delivery: { id: 1, status: { status_id } } })?.final).toBe(final);
	});

	it.each([
		undefined,
		null,
		'',
		[],
		{},
		{ delivery: {} },
		{ delivery: { id: 1 } },
		{ delivery: { status: { status_id: 2 } } },
		{ delivery: { id: 1, status: { status_id: 'x' } } },
		{ type: 'message_status', payload: {} },
	])('is not %j', (body) => {
		expect(parseCallback(body)).toBeUndefined();
	});

	it('never throws, whatever it holds', () => {
		const odd = fc.jsonValue({ maxDepth: 3 });
		const status = fc.oneof(fc.record({ status_id: odd, description: odd }, { requiredKeys: [] }), odd);
		const body = fc.record({
			delivery: fc.oneof(fc.record({ id: odd, status }, { requiredKeys: [] }), odd),
			status,
		});
		fc.assert(
			fc.property(fc.oneof(body, odd), (given) => {
				const parsed = parseCallback(given);
				if (parsed) expect(typeof parsed.final).toBe('boolean');
			}),
		);
	});
});
