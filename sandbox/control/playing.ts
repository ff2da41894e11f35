import { type PlayOption, playOptions, type PlayOptions } from '../play/options';
import {
	ControlError,
	type Delivery,
	type IncomingResult,
	type OutgoingWebhook,
	type Playable,
	type Played,
	type ProviderInstance,
} from '../types';
import { read } from './controlInput';

/** How often a webhook is posted. */
interface Repetition {
	times?: number;
	parallel?: boolean;
}

export function checkTimes({ times = 1 }: Repetition): void {
	if (!Number.isInteger(times) || times < 1 || times > 1000)
		throw new ControlError('times must be a whole number from 1 to 1000');
}

/** What a provider plays by name. Throws a ControlError for one that plays nothing. */
export function playableOf(provider: string, { playable }: ProviderInstance): Playable {
	if (playable === undefined) throw new ControlError(`${provider} cannot play anything by name.`);
	return playable;
}

/** Builds a kind. Throws a ControlError for an unknown one, and for an option that the provider does not support. */
export function buildPlayed(provider: string, instance: ProviderInstance, kind: string, given: PlayOptions): Played {
	const { kinds, options: known } = playableOf(provider, instance);
	const options = read(playOptions, given);
	if (!kinds.some(({ name }) => name === kind)) {
		throw new ControlError(
			`${provider} cannot play "${kind}". GET /control/${provider}/incoming lists what it can play.`,
		);
	}
	const foreign = (Object.keys(options) as PlayOption[]).filter(
		(name) => options[name] !== undefined && !known.includes(name),
	);
	if (foreign.length > 0)
		throw new ControlError(`${provider} does not support ${foreign.join(', ')}. It supports ${known.join(', ')}.`);
	if (instance.play === undefined) throw new ControlError(`${provider} cannot play anything by name.`);
	return instance.play(kind, options);
}

/** Posts webhooks, each as often as asked, and says what came back. */
export async function postAll(
	provider: string,
	{ bodies, webhooks }: { bodies: string[]; webhooks: OutgoingWebhook[] },
	{ times = 1, parallel = false }: Repetition,
	post: (webhook: OutgoingWebhook, attempt: number) => Promise<Delivery>,
): Promise<IncomingResult> {
	if (webhooks.length === 0) {
		return {
			registered: false,
			bodies,
			deliveries: [],
			note: `No webhook is registered with ${provider}, so nothing was sent.`,
		};
	}
	const attempts = webhooks.flatMap((webhook) =>
		Array.from({ length: times }, (_, index) => () => post(webhook, index + 1)),
	);
	const deliveries: Delivery[] = [];
	if (parallel) deliveries.push(...(await Promise.all(attempts.map((attempt) => attempt()))));
	else for (const attempt of attempts) deliveries.push(await attempt());
	return { registered: true, bodies, deliveries };
}
