import type { ProviderName } from '../../sandbox';
import type { NodeSource } from '../../test/support/n8n/nodeTypes';
import { startRoutingBench, through, usual } from '../../test/whatsAppGateways/bench';
import { accountFaults, faultKinds, SHARE } from './faults';
import { ARROW } from './report';
import { soak, type SoakOptions, type SoakResult, type Weather } from './soak';

/** The name of the node above the providers, for the command line. */
export const ROUTED = 'whatsAppGateways';

/** The share of requests to the first provider that go wrong in the middle of each pass. */
const SHARE_IN_THE_MIDDLE = 0.6;

/** The same of the providers behind it, all the time. */
const SHARE_BEHIND = 0.1;

/** Providers in a node. */
const CHOSEN = 3;

/** Each provider first once, with the two after it behind. */
export function ordersOf(names: readonly ProviderName[]): ProviderName[][] {
	return names.map((_name, index) =>
		Array.from({ length: CHOSEN }, (_none, place) => names[(index + place) % names.length]).flatMap(
			(name) => name ?? [],
		),
	);
}

const everyKind = [...faultKinds, ...accountFaults];

const isInTheMiddle = ({ done }: Weather): boolean => done >= 0.3 && done < 0.7;

/**
 * Sends messages through the routing node: the first provider fails in every way in the middle of each pass, the others now and
 * then all the time.
 *
 * @param node as n8n loads it; from the sources if absent
 */
export async function soakRouted(
	order: ProviderName[],
	{ node, ...options }: SoakOptions & { node?: NodeSource },
	show?: (done: number) => void,
): Promise<SoakResult> {
	const bench = await startRoutingBench({ nodes: node && { whatsAppGateways: node }, isKeyed: true });
	const [first, ...others] = order;
	const { control } = bench.sandbox;
	const perExecution = Math.max(1, Math.min(100, Math.round(options.count / 20)));
	try {
		const plan = {
			name: order.join(ARROW),
			bench: { ...bench, sendText: { ...usual, ...through(...order) } },
			passes: [
				{
					share: 0.1,
					perExecution: Math.max(1, Math.round(perExecution / 5)),
					messagesAtOnce: 1,
					goesOn: false,
				},
				{ share: 0.9, perExecution, messagesAtOnce: 8, goesOn: true },
			],
			arm: ({ seed, ...weather }: Weather & { seed: number }): void => {
				const isFailing = isInTheMiddle(weather);
				control.chaos({
					provider: first,
					seed,
					share: isFailing ? SHARE_IN_THE_MIDDLE : SHARE,
					kinds: everyKind,
				});
				for (const [place, provider] of others.entries()) {
					control.chaos({
						provider,
						seed: seed + 5_000 * (place + 1),
						share: SHARE_BEHIND,
						kinds: everyKind,
					});
				}
			},
			// Every other execution skips what failed before; the others ask the first provider each time.
			optionsFor: ({ execution }: Weather) => (execution % 2 === 0 ? {} : { skipFailedFor: 0 }),
		};
		return await soak(plan, options, show);
	} finally {
		await bench.close();
	}
}
