import { type BenchProvider, startProviderBench } from '../../test/support/bench';
import { faultKinds, SHARE } from './faults';
import { soak, type SoakOptions, type SoakResult } from './soak';

/** Sends messages through the node of one provider, which fails at random. */
export async function soakProvider(
	provider: BenchProvider,
	options: SoakOptions,
	show?: (done: number) => void,
): Promise<SoakResult> {
	const bench = await startProviderBench(provider);
	try {
		const plan = {
			name: provider.name,
			bench,
			passes: [
				{ share: 0.1, perExecution: 100, messagesAtOnce: 1, goesOn: false },
				{ share: 0.9, perExecution: 1000, messagesAtOnce: 8, goesOn: true },
			],
			arm: ({ seed }: { seed: number }) => bench.sandbox.control.chaos({ seed, share: SHARE, kinds: faultKinds }),
		};
		return await soak(plan, options, show);
	} finally {
		await bench.close();
	}
}
