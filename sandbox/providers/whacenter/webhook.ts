import type { MediaStore } from '../../media';
import { samples } from '../../samples';
import { type Device, whacenterAccount } from './seed';

export const whacenterEvents = [
	'text',
	'image',
	'document',
	'mediaObject',
	'group',
	'lid',
	'ad',
	'documented',
] as const;

export type WhacenterEvent = (typeof whacenterEvents)[number];

/** How a webhook's body is written. JSON is what receivers see; a form is never shown to occur, but two of them expect it. */
export const WEBHOOK_BODIES = ['json', 'form'] as const;

/** UTC+7, the provider's zone: neither the API reference's schedule nor its timestamp names another. */
const PROVIDER_ZONE_MS = 7 * 60 * 60 * 1000;

/**
 * Builds the webhook for an event. The API reference shows `from`, `to`, `message`, `media` and `timestamp`; the other
 * fields are those of a payload that a third party observed. Inferred: what stands in `message` beside a file, that
 * `media` is null without one, that `from` is the member who writes in a group (the payload names no group), and the
 * length of a hidden number (`lid`). That a file may come as an object (`mediaObject`) is a suspicion of one receiver.
 */
export function whacenterWebhook(
	event: WhacenterEvent,
	count: number,
	world: { media: MediaStore; device: Device },
): Record<string, unknown> {
	const { sender } = whacenterAccount;
	const payload: Record<string, unknown> = {
		pushName: sender.name,
		from: sender.number,
		to: world.device.nomor,
		message: `Message ${count} from the sandbox`,
		media: null,
		is_group: event === 'group',
		timestamp: providerTime(new Date()),
		source: 'WHACENTER',
		ad_reply: null,
	};
	switch (event) {
		case 'image':
			payload.media = world.media.add(samples.jpeg(), 'image/jpeg').url;
			break;
		case 'document':
			payload.message = '';
			payload.media = world.media.add(samples.pdf(), 'application/pdf').url;
			break;
		case 'mediaObject': {
			const { url } = world.media.add(samples.png(), 'image/png');
			payload.media = { url, mimetype: 'image/png', filename: 'photo.png' };
			break;
		}
		case 'lid':
			payload.from = '203948576102938';
			break;
		case 'ad':
			payload.ad_reply = {
				source_type: 'ad',
				source_id: '120200000000000001',
				source_url: 'https://fb.me/sandbox',
			};
			break;
		case 'documented': {
			const { from, to, message, timestamp } = payload;
			return { from, to, message, media: 'url', timestamp };
		}
	}
	return payload;
}

/** As in the API reference: `2021-10-10 11:49:50`. */
export function providerTime(at: Date): string {
	return new Date(at.getTime() + PROVIDER_ZONE_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** The time that a text in the provider's form means; undefined when it has another form. */
export function fromProviderTime(written: string): Date | undefined {
	if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(written)) return undefined;
	const at = new Date(Date.parse(`${written.replace(' ', 'T')}Z`) - PROVIDER_ZONE_MS);
	return Number.isNaN(at.getTime()) ? undefined : at;
}
