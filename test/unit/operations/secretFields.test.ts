import { z } from 'zod';
import { field, type ItemReader } from '../../../nodes/shared/operations/define/field';
import { defineOperation } from '../../../nodes/shared/operations/define/operation';

const item: ItemReader = {
	parameter: () => 'a-secret-code',
	everyItem: () => [],
	count: () => 1,
	credential: () => undefined,
	timezone: () => 'UTC',
	file: () => undefined,
	key: () => '',
};

const code = { displayName: 'Code', name: 'code', type: 'string' as const, default: '' };

it.each([
	['alone', field(code, z.unknown(), { secret: true })],
	['with facts of its item', field(code, z.unknown(), { secret: true, facts: ({ count }) => ({ items: count() }) })],
])('a secret value that is judged %s is known as one', (_way, secret) => {
	const operation = defineOperation({
		value: 'send',
		name: 'Send',
		action: 'Send',
		description: 'Send',
		effect: 'send',
		fields: { secret },
		request: () => ({ method: 'POST', path: '/send' }),
	});
	expect(operation.prepare(item).secrets).toEqual(['a-secret-code']);
});
