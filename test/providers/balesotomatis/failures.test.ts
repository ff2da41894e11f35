import { balesOtomatisAccount } from '../../../sandbox';
import { describeFailureTable, type FailureLine } from '../../support/tables/failureTable';
import { balesOtomatis, byId } from './bench';

const { apiKey, licenseKey, numbers } = balesOtomatisAccount;

const refused = {
	description: /Nothing was sent\./,
	requests: 1,
	accepted: 0,
	facts: { outcome: 'refused', httpCode: 200, attempts: 1 },
};
const wrongKey = {
	message: /^BalesOtomatis did not accept the credential: ".+"$/,
	failure: { cause: 'credential-invalid' },
};

/** The codes of the API reference, as text and as number, in HTTP 200 and as HTTP status. */
const refusals: FailureLine[] = [
	{
		...refused,
		...wrongKey,
		name: 'a wrong key in HTTP 200',
		credential: { apiKey: 'not-the-right-key' },
		facts: { ...refused.facts, code: '403' },
	},
	{
		...refused,
		...wrongKey,
		name: 'a wrong key as HTTP 403',
		fault: { kind: 'status', status: 403, body: { code: '403', message: 'Invalid API Key' } },
		facts: { ...refused.facts, httpCode: 403, code: '403' },
	},
	{
		...refused,
		name: 'a number id that there is not',
		parameters: { number: byId('BO-nobody') },
		message: 'BalesOtomatis refused the request: "Invalid Number ID"',
		facts: { ...refused.facts, code: '404' },
	},
	{
		...refused,
		name: 'a number that is not connected',
		parameters: { number: byId(numbers.disconnected) },
		message: 'BalesOtomatis refused the request: "The number is not connected"',
		facts: { ...refused.facts, code: '400' },
	},
	{
		...refused,
		name: 'a code that is a number',
		fault: { kind: 'status', status: 200, body: { code: 405, message: 'Wrong Required Parameter' } },
		message: 'BalesOtomatis refused the request: "Wrong Required Parameter"',
		facts: { ...refused.facts, code: '405' },
	},
	{
		...refused,
		name: 'a message that is an object',
		fault: {
			kind: 'status',
			status: 200,
			body: { code: '400', message: { state: 'failed', detail: 'The session is over' } },
		},
		message: /^BalesOtomatis refused the request: ".*The session is over.*"$/,
		facts: { ...refused.facts, code: '400' },
	},
	{
		...refused,
		name: 'status: false with code 200',
		fault: { kind: 'status', status: 200, body: { code: '200', status: false, message: 'The number was banned' } },
		message: 'BalesOtomatis refused the request: "The number was banned"',
	},
	{
		...refused,
		name: 'a refusal that repeats the key',
		fault: { kind: 'bodyError', code: 405, message: `api_key=${apiKey} may not do this` },
		message: 'BalesOtomatis refused the request: "api_key=*** may not do this"',
		facts: { ...refused.facts, code: '405' },
	},
];

const unknown: FailureLine[] = [
	{
		name: 'code 408 with other words',
		fault: { kind: 'bodyError', code: 408, message: 'The phone did not answer in time' },
		message: /The phone did not answer in time.*: the message may have been sent$/,
		description: /was not sent again/,
		requests: 1,
		accepted: 0,
		facts: { outcome: 'unknown', httpCode: 200, code: '408', attempts: 1 },
		failure: { cause: 'temporarily-unavailable' },
	},
	{
		name: 'JSON of another API',
		fault: { kind: 'status', status: 200, body: { result: 'sent' } },
		message: /^BalesOtomatis returned an unreadable response \(HTTP 200, .+\): the message may have been sent$/,
		description: /was not sent again/,
		requests: 1,
		accepted: 0,
		facts: { outcome: 'unknown', httpCode: 200, attempts: 1 },
	},
];

describeFailureTable({
	displayName: 'BalesOtomatis',
	provider: balesOtomatis,
	secrets: [apiKey, licenseKey, 'not-the-right-key'],
	read: { parameters: { resource: 'general', operation: 'info' }, has: 'info' },
	change: {
		resource: 'template',
		operation: 'create',
		name: 'lokasi_toko',
		language: 'id',
		category: 'UTILITY',
		headerType: 'NONE',
		body: 'Selamat datang di toko kami.',
		submit: false,
	},
	lines: [...refusals, ...unknown],
});
