import { keyedBenchOf } from '../../test/support/provider';
import { providers } from '../../test/support/providers';
import type { SoakOptions, SoakResult } from './soak';

/** Between the providers of an order. */
export const ARROW = ' → ';

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

const HEAD =
	'| Messages | Accepted | Accepted twice | Lost | Unknown (of them accepted) | Faults | Requests | Executions | Seconds | Heap after each third, MB |';

function cellsOf(result: SoakResult): string {
	const { messages, accepted, doubles, lost, unknown, unknownAccepted, faults, requests, executions, seconds, heap } =
		result;
	return [
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
	].join(' | ');
}

function tableOf(results: SoakResult[]): string {
	return [
		`| Provider ${HEAD}`,
		`|${' --- |'.repeat(11)}`,
		...results.map((result) => `| ${result.provider} | ${cellsOf(result)} |`),
	].join('\n');
}

/** Of the node above the providers: also who accepted the messages, and the sum of all orders. */
function routedTableOf(results: SoakResult[]): string {
	const shares = ({ provider, acceptedBy }: SoakResult): string =>
		provider
			.split(ARROW)
			.map((name) => number(acceptedBy[name] ?? 0))
			.join(' + ');
	const sum = (of: (result: SoakResult) => number): string =>
		number(results.reduce((total, result) => total + of(result), 0));
	const total = [
		'Together',
		'',
		sum(({ messages }) => messages),
		sum(({ accepted }) => accepted),
		sum(({ doubles }) => doubles),
		sum(({ lost }) => lost),
		`${sum(({ unknown }) => unknown)} (${sum(({ unknownAccepted }) => unknownAccepted)})`,
		sum(({ faults }) => faults),
		sum(({ requests }) => requests),
		sum(({ executions }) => executions),
		'',
		'',
	].join(' | ');
	return [
		`| Providers in order | Accepted by each ${HEAD}`,
		`|${' --- |'.repeat(12)}`,
		...results.map((result) => `| ${result.provider} | ${shares(result)} | ${cellsOf(result)} |`),
		`| ${total} |`,
	].join('\n');
}

/** The results as a page. */
export function pageOf(results: SoakResult[], { count, seed }: SoakOptions): string {
	const singles = results.filter(({ provider }) => !provider.includes(ARROW));
	const routed = results.filter(({ provider }) => provider.includes(ARROW));
	return `# Soak test

## Each provider's node

${number(count)} messages for each provider, sent by its node on n8n's engine to the sandbox. The sandbox makes one request in
twenty fail, in every way the failure table lists: limits, errors before and after the message was accepted, connections that
break before, during and after the response, web pages, truncated JSON, refusals, no response at all. Retry On Fail is on with
five tries. A tenth of the messages are sent one at a time: the node stops at a failure, and a new execution continues. The
others are sent eight in parallel by a node that continues after failures; its first item is refused each time, so n8n runs
the whole node again. Each text contains the time and a random number, so it changes each time n8n evaluates it. Messages
that were refused or not sent are sent by another execution. ${keyedNames()} use idempotency keys.

${tableOf(singles)}

## WhatsApp Gateways

${number(count)} messages through the [node above the providers](whatsappgateways.md), in five orders, so that each provider is
first once. In the middle of each run, six of ten requests to the first provider fail: in every way of the failure table, and
because of its account (wrong key, device not connected, no balance, limit reached). Before and after that one in twenty
fails, and at the providers behind it one in ten all the time. Every other execution asks the first provider for each
message; the others skip a provider that could not send. Everything else is as above. A message that any two of the three accepted counts as accepted twice.

${routedTableOf(routed)}

- *Lost*: never accepted, although the node could have known.
- *Unknown*: no usable response came back. The node reports "may have been sent" and never sends the message again, so it was
  accepted once or not at all.

To repeat it: \`npm run soak -- --count ${count} --seed ${seed}\`
`;
}
