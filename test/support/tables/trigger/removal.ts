import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import type { FaultAction, ProviderName } from '../../../../sandbox';
import type { Deployment } from '../../triggerHost';
import type { SandboxTriggerBench } from './bench';

/** How a provider may be out of order when a workflow is unpublished: at the first request, which looks, or at the next. */
const outages: Array<[name: string, fault: FaultAction, times: number, skip: number]> = [
	['answers 503 to the look', { kind: 'status', status: 503 }, 1, 0],
	['answers 503 twice', { kind: 'status', status: 503 }, 2, 0],
	['answers 503 to the removal', { kind: 'status', status: 503 }, 1, 1],
	['limits requests twice', { kind: 'status', status: 429, headers: { 'retry-after': '0' } }, 2, 0],
	['hangs up before it removes anything', { kind: 'dropBefore' }, 1, 1],
	['hangs up after it has removed it', { kind: 'dropAfter' }, 1, 1],
];

/** Whatever the provider does, for as long as it takes. */
const ALWAYS: Array<[name: string, fault: FaultAction, reason: string]> = [
	['answers 503', { kind: 'status', status: 503 }, 'returned an error (HTTP 503'],
	['limits requests', { kind: 'status', status: 429, headers: { 'retry-after': '600' } }, 'is limiting requests'],
	['does not answer', { kind: 'hang' }, 'did not respond within'],
];

/**
 * How a trigger removes its webhook from a provider that is out of order.
 *
 * @param registered the addresses at the provider, as another program of the account sees them
 */
export function describeRemoval<Name extends ProviderName>(
	{ publish, control, displayName }: SandboxTriggerBench<Name>,
	registered: () => Promise<string[]>,
): void {
	/** What n8n's log got, as one text. */
	let warnings: jest.SpyInstance;
	beforeEach(() => {
		warnings = jest.spyOn(Container.get(Logger), 'warn');
	});
	afterEach(() => {
		jest.restoreAllMocks();
	});
	const lines = () => warnings.mock.calls.map(([line]) => String(line));
	const deletesOf = (wf: Deployment) => wf.lifecycle.filter(({ method }) => method === 'delete').length;

	it.each(outages)('that %s, is asked again within one call of n8n', async (_name, fault, times, skip) => {
		const wf = await publish();
		control().fault({ ...fault, times, skip });
		expect(await wf.deactivate()).toEqual([]);
		expect([await registered(), deletesOf(wf), lines()]).toEqual([[], 1, []]);
	});

	it.each(ALWAYS)(
		'that %s for good, is named in the log and the error, with the remedy, which works',
		async (_name, fault, reason) => {
			const wf = await publish();
			const before = await registered();
			// The time that n8n gives, made shorter.
			const timeout = AbortSignal.timeout.bind(AbortSignal);
			const limits = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(700));
			const outage = control().fault({ ...fault, times: Infinity });
			const [error, ...others] = await wf.deactivate();
			outage.remove();
			expect(others).toEqual([]);
			// Three calls, which with the pauses between them stay below n8n's 84 seconds.
			expect([...new Set(limits.mock.calls.flat())]).toEqual([20_000]);
			expect(deletesOf(wf)).toBe(3);

			const line = lines()[0] ?? '';
			expect(line).toContain(
				`of the workflow "Trigger test": The webhook could not be removed from ${displayName()} (`,
			);
			expect(line).toContain(`${displayName()} ${reason}`);
			expect(line).toMatch(/publish the workflow and unpublish it again once \w+ works$/);
			expect(line).toContain(error?.message);
			for (const address of before)
				expect(line).not.toContain(new URL(address).searchParams.get('secret') ?? '?');
			expect(await registered()).toEqual(before);

			await wf.activate();
			expect(await wf.deactivate()).toEqual([]);
			expect(await registered()).toEqual([]);
		},
	);
}
