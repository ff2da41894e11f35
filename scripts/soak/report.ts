import { keyedBenchOf } from '../../test/support/provider';
import { providers } from '../../test/support/providers';
import type { SoakOptions, SoakResult } from './provider';

const number = (value: number): string => value.toLocaleString('en');

/** One line for one provider. */
export function lineOf(result: SoakResult): string {
	const { provider, messages, accepted, doubles, lost, unknown, unknownAccepted, requests, faults, seconds, heap } =
		result;
	return [
		`${provider.padEnd(14)} ${number(accepted)} of ${number(messages)} accepted`,
		`${doubles} twice`,
		`${lost} lost`,
		`${unknown} unknown (${unknownAccepted} of them accepted)`,
		`${number(faults)} faults in ${number(requests)} requests`,
		`${Math.round(seconds)} s`,
		`heap ${heap.join(', ')} MB`,
	].join(', ');
}

/** The providers whose messages carry an idempotency key, as in "Chategy and Wapio". */
function keyedNames(): string {
	const names = providers.filter((provider) => keyedBenchOf(provider)).map(({ name }) => name);
	return new Intl.ListFormat('en').format(names);
}

/** The results as a page. */
export function pageOf(results: SoakResult[], { count, seed }: SoakOptions): string {
	const rows = results.map(
		({
			provider,
			messages,
			accepted,
			doubles,
			lost,
			unknown,
			unknownAccepted,
			requests,
			faults,
			executions,
			seconds,
			heap,
		}) =>
			[
				provider,
				number(messages),
				number(accepted),
				doubles,
				lost,
				`${unknown} (${unknownAccepted})`,
				number(faults),
				number(requests),
				executions,
				Math.round(seconds),
				heap.join(', '),
			].join(' | '),
	);
	return `# Soak test

${number(count)} messages for each provider, sent by its node on n8n's engine against the sandbox, which lets one request in twenty
go wrong in every way of the failure table: limits, errors before and after the message was accepted, connections that break
before, after and in the middle of the answer, web pages, half a JSON, refusals, no answer at all. Retry On Fail is on with five
tries. A tenth of the messages goes out one at a time with the node stopping at a failure, and a new execution going on after
it; the rest eight at a time with the node going on, its first item refused each time, so that n8n runs the whole node again.
Each text has the time and a random number in it, so it is another one whenever n8n evaluates it.
What was refused or not sent is sent by another execution. ${keyedNames()} use idempotency keys.

| Provider | Messages | Accepted | Accepted twice | Lost | Unknown (of them accepted) | Faults | Requests | Executions | Seconds | Heap after each third, MB |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row} |`).join('\n')}

Lost is a message that was never accepted although the node could know. Unknown is one whose answer did not come: the node
says "may have been sent" and never sends it again, so it was accepted once or not at all.

\`npm run soak -- --count ${count} --seed ${seed}\` repeats it.
`;
}
