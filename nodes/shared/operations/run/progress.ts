import type { IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from '../define/operation';
import { type ItemOutcome, joinSentences } from '../n8n/errors';

/** The log says how far a run is each time this much of it is done. */
const LOGGED_STEPS = 10;

/** Shorter runs are not logged. */
const LONG_RUN = 10;

/** The outcomes of the items of a run so far. */
export class Progress {
	private done = 0;
	private readonly failuresBy: Record<ItemOutcome, number> = {
		'not sent': 0,
		'partly sent': 0,
		refused: 0,
		unknown: 0,
	};
	private first: { itemIndex: number; outcome: ItemOutcome } | undefined;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation,
		private readonly total: number,
	) {}

	/** Notes an item that went through. */
	succeeded(): void {
		this.done++;
		this.log();
	}

	/** Notes an item that failed, and what is known of it. */
	failed(outcome: ItemOutcome, itemIndex: number): void {
		this.failuresBy[outcome]++;
		if (itemIndex < (this.first?.itemIndex ?? Infinity)) this.first = { itemIndex, outcome };
		this.log();
	}

	/** For the error of the first failed item, which ends a run: the outcomes of the others. */
	note(): string {
		const { total, done, failures, failuresBy: failed, first } = this;
		if (this.operation.effect === 'read' || total === 1) return '';
		const left = total - done - failures;
		// With several under way, others may have failed beside it.
		const mayHaveGone = failed.unknown + failed['partly sent'];
		const lost = mayHaveGone - (first?.outcome === 'unknown' || first?.outcome === 'partly sent' ? 1 : 0);
		const refused = failures - 1 - lost;
		return joinSentences(
			`${done} of ${total} items went through before this one; ${left} ${left === 1 ? 'was' : 'were'} not tried.`,
			refused > 0 ? `${refused} more failed.` : '',
			lost > 0 ? `${lost} more may have gone through: check the chats.` : '',
		);
	}

	/** For the end of a run that went on past failures, or a long one; undefined where there is nothing to say. */
	summary(): string | undefined {
		const { total, done, failuresBy: failed } = this;
		if (this.operation.effect !== 'send' || total === 1) return undefined;
		if (this.failures === 0) return total < LONG_RUN ? undefined : `All ${total} messages were sent.`;
		const parts = [
			`${done} sent`,
			failed.refused > 0 ? `${failed.refused} refused` : '',
			failed['not sent'] > 0 ? `${failed['not sent']} not sent` : '',
			failed['partly sent'] > 0 ? `${failed['partly sent']} sent in part` : '',
			failed.unknown > 0 ? `${failed.unknown} unknown: these may have been sent, check the chats` : '',
		];
		return `Of ${total} messages: ${parts.filter((part) => part !== '').join(', ')}.`;
	}

	private get failures(): number {
		const { failuresBy: failed } = this;
		return failed['not sent'] + failed['partly sent'] + failed.refused + failed.unknown;
	}

	private log(): void {
		const { total, done, failures } = this;
		if (this.operation.effect !== 'send' || total < LONG_RUN) return;
		const ended = done + failures;
		const step = Math.floor((ended * LOGGED_STEPS) / total);
		const before = Math.floor(((ended - 1) * LOGGED_STEPS) / total);
		if (step === before) return;
		const node = this.context.getNode().name;
		this.context.logger.info(`${node}: ${ended} of ${total} messages done`, { sent: done, failed: failures });
	}
}
