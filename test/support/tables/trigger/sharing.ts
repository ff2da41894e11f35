import * as fc from 'fast-check';
import type { ProviderName } from '../../../../sandbox';
import { pathOf, type SandboxTriggerBench } from './bench';

const FOREIGN = 'https://crm.example.com/hooks/whatsapp?key=1';
const BOTH = { options: { replaceExistingWebhook: true, takeOverProduction: true } };

type Action = 'publish' | 'unpublish' | 'listen' | 'stop' | 'kill';
type Step = [action: Action, workflow: number];

const steps = fc.array(
	fc.tuple(
		fc.constantFrom<Action>('publish', 'publish', 'unpublish', 'listen', 'listen', 'stop', 'kill'),
		fc.nat({ max: 1 }),
	),
	{ maxLength: 8 },
);

/**
 * Two workflows that take the slot from each other and from another system, in any order. The same at length, for three
 * and without n8n, is in `test/unit/trigger/severalWorkflows.model.test.ts`.
 */
export function describeSharing<Name extends ProviderName>({ deploy, slot, setSlot }: SandboxTriggerBench<Name>): void {
	it('is given back in every order, with nothing dead in it', async () => {
		await fc.assert(
			fc.asyncProperty(steps, fc.constantFrom(0, 1), async (history, firstToGo) => {
				setSlot(FOREIGN);
				const workflows = [deploy(BOTH), deploy(BOTH)];
				const published = new Set<number>();
				const killed = new Set<number>();
				/** The addresses that should be on top of each other, the newest first. */
				let stack: Array<string | undefined> = [pathOf(FOREIGN)];
				const take = async ([action, index]: Step): Promise<void> => {
					const wf = workflows[index];
					if (!wf) throw new Error('There is no such workflow');
					const { productionUrl, testUrl } = wf;
					const without = (...urls: string[]) => stack.filter((url) => !urls.includes(url ?? ''));
					if (action === 'publish') {
						await wf.activate();
						stack = [productionUrl, ...without(productionUrl, testUrl)];
						published.add(index);
						killed.delete(index);
					}
					if (action === 'listen') {
						await wf.listen();
						stack = [testUrl, ...without(testUrl)];
						killed.delete(index);
					}
					if (action === 'stop' && wf.isListening) {
						await wf.stopListening();
						stack = without(testUrl);
					}
					if (action === 'unpublish' && published.delete(index)) {
						expect(await wf.deactivate()).toEqual([]);
						stack = without(productionUrl);
					}
					if (action === 'kill') {
						if (wf.isListening) killed.add(index);
						wf.killWhileListening();
					}
					expect(pathOf(slot())).toBe(stack[0]);
				};

				for (const step of history) await take(step);
				for (const index of [firstToGo, 1 - firstToGo]) {
					await take(['unpublish', index]);
					await take(['stop', index]);
				}
				// No address says that n8n was killed while somebody listened at it. Listening once more removes it.
				for (const index of killed) {
					await take(['listen', index]);
					await take(['stop', index]);
				}
				expect(slot()).toBe(FOREIGN);
			}),
			{ numRuns: 100, endOnFailure: true },
		);
	});
}
