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

${number(count)} messages for each provider, sent by its node on n8n's engine to the sandbox. The sandbox makes one request in
twenty fail, in every way the failure table lists: limits, errors before and after the message was accepted, connections that
break before, during and after the response, web pages, truncated JSON, refusals, no response at all. Retry On Fail is on with
five tries. A tenth of the messages are sent one at a time: the node stops at a failure, and a new execution continues. The
others are sent eight in parallel by a node that continues after failures; its first item is refused each time, so n8n runs
the whole node again. Each text contains the time and a random number, so it changes each time n8n evaluates it. Messages
that were refused or not sent are sent by another execution. ${keyedNames()} use idempotency keys.

| Provider | Messages | Accepted | Accepted twice | Lost | Unknown (of them accepted) | Faults | Requests | Executions | Seconds | Heap after each third, MB |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row} |`).join('\n')}

- *Lost*: never accepted, although the node could have known.
- *Unknown*: no usable response came back. The node reports "may have been sent" and never sends the message again, so it was
  accepted once or not at all.

To repeat it: \`npm run soak -- --count ${count} --seed ${seed}\`
`;
}
