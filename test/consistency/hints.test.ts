/* A refusal's hint names only fields that the operation has. */
import type { GatewayFailure } from '../../nodes/shared/http/gatewayError';
import type { GatewayRequest } from '../../nodes/shared/http/request';
import { panels } from './nodes';

const codes = [200, 400, 401, 403, 404, 405, 409, 422, 429];

/** What the refusals of all providers are about. */
const words = [
	...['', 'Invalid Number ID', 'device not connected', 'template not found', 'the window of 24 hours is over'],
	...[
		'has already been received',
		'phone invalid',
		'invalid mime type',
		'already exists',
		'time out',
		'not enough money',
	],
	...[
		'session_id in request does not match the session this API key is bound to',
		'idempotency key was used',
		'Invalid checksum',
	],
];

describe.each(panels)('$name', ({ provider, fields }) => {
	const { api, contracts } = provider;
	const inCredentials = Object.values(provider.credentials).flatMap(({ source }) =>
		(typeof source === 'function' ? new source() : source).properties.map(({ displayName }) => displayName),
	);
	const names = [...new Set(fields.map(({ property }) => property.displayName))].filter((name) => name !== '');

	/** The fields that a text refers the user to. */
	const fieldsIn = (hint: string): string[] =>
		names.filter((name) =>
			new RegExp(`\\b(?:Choose|Check|Leave|Set|fill in|each message an|This) ${escaped(name)}\\b`).test(hint),
		);

	it.each(contracts.map(({ resource, operation, request }) => [`${resource} ${operation}`, request] as const))(
		'%s: no hint names a field that the operation does not have',
		(of, { method, path, json }) => {
			const [resource = '', operation = ''] = of.split(' ');
			const own = fields
				.filter(({ show }) => show.resource.includes(resource) && show.operation.includes(operation))
				.map(({ property }) => property.displayName);
			const request = { method, path, json } as GatewayRequest;
			for (const code of codes) {
				for (const said of words) {
					const kind =
						code === 429 ? 'rateLimited' : code === 401 || code === 403 ? 'unauthorized' : 'refused';
					const failure: GatewayFailure = {
						provider: '',
						kind,
						outcome: 'refused',
						words: said,
						code: String(code),
						status: 200,
						attempts: 1,
					};
					const hint = api.hint?.(failure, request) ?? '';
					const foreign = fieldsIn(hint).filter(
						(name) => !own.includes(name) && !inCredentials.includes(name),
					);
					expect([hint, foreign]).toEqual([hint, []]);
				}
			}
		},
	);
});

function escaped(name: string): string {
	return name.replace(/[.*+?^${}()|[\\]\\]/g, '\\$&');
}
