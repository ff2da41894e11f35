import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { wait } from '../../http/timing/wait';
import type { GatewayTrigger, WebhookCall } from '../definition';
import type { GatewayEvent } from '../event/event';
import { triggerKeyOf } from '../register/webhookId';
import { type Claim, claimEvent, type Delivery, passEvent } from './repeats';

/** Milliseconds in which n8n makes an execution; if it takes longer, an event may start two. */
const TAKEN_MS = 5_000;

/** Events that n8n has not taken yet, by trigger and id: whether it has in the end. */
const underWay = new Map<string, Promise<boolean>>();

/** The events of a call that come for the first time. Tests see every delivery; production sees each event once. */
export class Claims {
	private readonly claims: Claim[] = [];
	private readonly trigger: string;
	private isHandedOver = false;
	private isKept = false;
	/** When the connection was closed before the answer was out. */
	private closedAt: number | undefined;
	/** Of the events that are repeats: whether n8n takes the first delivery, where that is open. */
	private readonly first: Array<Promise<boolean>> = [];
	/** Tells those who wait for the events of this call. */
	private readonly tell: Array<(isTaken: boolean) => void> = [];

	constructor(
		private readonly context: IWebhookFunctions,
		private readonly delivery: Delivery,
	) {
		this.trigger = triggerKeyOf(context);
		const response = context.getResponseObject();
		// `writableFinished` says yes of an answer whose connection is gone.
		let isFinished = false;
		response.once('finish', () => {
			isFinished = true;
		});
		const closed = (): void => {
			// n8n has answered without having taken them: the provider delivers them again. One that hangs up while we still
			// work changes nothing, since n8n gets the events all the same.
			if (this.isHandedOver && !this.isKept) this.release();
			if (!isFinished) this.unanswered();
		};
		response.once('close', closed);
		// Closed before we were called: no event will follow.
		if (context.getRequestObject().socket?.destroyed) this.closedAt = delivery.arrivedAt;
	}

	/**
	 * The event with its id, if it comes for the first time.
	 *
	 * @param ignoreWithinMs the option Ignore Repeats Within; 0 if it is not set
	 */
	take(event: GatewayEvent, ignoreWithinMs: number): GatewayEvent | undefined {
		if (this.isTest()) return event;
		const stored = this.context.getWorkflowStaticData('node');
		const claim = claimEvent(this.trigger, event, stored, { ...this.delivery, ignoreWithinMs });
		this.claims.push(claim);
		if (this.closedAt !== undefined) claim.unanswered(this.closedAt);
		const key = `${this.trigger} ${claim.id}`;
		if (claim.isRepeat) {
			const open = underWay.get(key);
			if (open) this.first.push(open);
			return undefined;
		}
		underWay.set(
			key,
			new Promise((resolve) => {
				this.tell.push((isTaken) => {
					underWay.delete(key);
					resolve(isTaken);
				});
			}),
		);
		return claim.id === event.id ? event : { ...event, id: claim.id };
	}

	/**
	 * Whether n8n has taken what this call repeats. A provider that gets its answer earlier would not deliver it again if n8n
	 * ended in between.
	 */
	async areTaken(): Promise<boolean> {
		return (await Promise.all(this.first)).every((isTaken) => isTaken);
	}

	/** Notes that an event came, which starts nothing. */
	pass(event: GatewayEvent): void {
		if (!this.isTest()) passEvent(this.trigger, event, this.delivery.arrivedAt);
	}

	/** From now on it is for n8n to take them. */
	handOver(): void {
		this.isHandedOver = true;
		// Of a connection that is closed already, nothing says that n8n has not taken them.
		if (this.closedAt !== undefined) void wait(TAKEN_MS).then(() => !this.isKept && this.release());
	}

	release(): void {
		for (const claim of this.claims) claim.release();
		this.settle(false);
	}

	keep(): void {
		this.isKept = true;
		const taken = this.claims.filter(({ isRepeat }) => !isRepeat);
		const stored: IDataObject = taken.length > 0 ? this.context.getWorkflowStaticData('node') : {};
		for (const claim of taken) claim.keep(stored);
		this.settle(true);
	}

	private settle(isTaken: boolean): void {
		for (const tell of this.tell.splice(0)) tell(isTaken);
	}

	private unanswered(): void {
		if (this.closedAt !== undefined) return;
		this.closedAt = Date.now();
		for (const claim of this.claims) claim.unanswered(this.closedAt);
	}

	private isTest(): boolean {
		return this.context.getMode() === 'manual';
	}
}

/**
 * Leaves the answer to n8n.
 *
 * n8n reads the body of our answer once it has made the execution, and saves static data right after that. What was written
 * before is not saved: for the execution n8n makes a workflow of the same data, which marks it as unchanged (observed in
 * n8n 2.41: `webhook-helpers`, `live-webhooks`, `ObservableObject.create`). So the events are noted at that moment, which is
 * the right one besides: earlier, n8n might yet fail to take them.
 */
export function started(claims: Claims, workflowData: INodeExecutionData[][]): IWebhookResponseData {
	claims.handOver();
	return {
		workflowData,
		get webhookResponse() {
			claims.keep();
			return { message: 'ok' };
		},
	};
}

/** What a call says of its delivery. */
export function deliveryOf(
	headers: WebhookCall['headers'],
	{ deliveryHeaders }: GatewayTrigger,
	arrivedAt: number,
): Delivery {
	const headerIn = (name: string): string | undefined => [headers[name]].flat()[0]?.trim() || undefined;
	const mark = deliveryHeaders?.ids.map(headerIn).find((id) => id !== undefined);
	const attempt = deliveryHeaders?.attempt === undefined ? undefined : Number(headerIn(deliveryHeaders.attempt) ?? 1);
	return {
		arrivedAt,
		...(mark === undefined ? {} : { mark }),
		...(attempt === undefined ? {} : { isFurtherAttempt: attempt > 1 }),
	};
}
