/** What several files of Chategy's contracts say with. */
import type { INodeParameters } from 'n8n-workflow';
import { createHmac } from 'node:crypto';
import type { ContractAnswer } from '../../../contracts/types';
import { IDEMPOTENCY_KEY, refusal } from './answers';

/** The folder of what a client does. */
export const v1 = 'Available endpoints / v1';

/** A recipient, as it goes out. */
export const PHONE = '995598464533';

/** As the editor stores a list of channels. */
export const channels = (...names: string[]): INodeParameters => ({ channel: names.map((name) => ({ name })) });

/** Ten days from now: the provider takes one minute to one month. */
export const later = new Date(Math.ceil(Date.now() / 1000) * 1000 + 10 * 24 * 60 * 60_000).toISOString();
/** The same as YYYY-MM-DD HH:MM:SS in UTC. */
export const laterInUtc = `${later.slice(0, 10)} ${later.slice(11, 19)}`;

/** HMAC-SHA256 of a text that was put together by hand from the documented rule. */
export const checksumOf = (values: string): string =>
	createHmac('sha256', IDEMPOTENCY_KEY).update(values).digest('hex');

/** The 409 in the prose on idempotence, and its meaning for a request with a checksum. */
export const alreadyReceived = (externalId: unknown, phone = PHONE): ContractAnswer =>
	refusal(409, 'Request with current params has already been received', {
		name: '409, which means that an earlier try succeeded',
		error: undefined,
		output: [
			{
				messageId: null,
				phone,
				status: 'accepted',
				providerStatus: 'Request with current params has already been received',
				provider: 'chategy',
				alreadyReceived: true,
				external_id: externalId as string,
			},
		],
	});

/** A credential with an idempotency key. */
export const withKey = { idempotencyKey: IDEMPOTENCY_KEY };
