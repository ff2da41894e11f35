import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { GatewayError } from '../../http/gatewayError';
import { isSecretRight } from '../../http/secrets';
import { wait } from '../../http/timing/wait';
import type { ReadParameter } from '../../operations/define/field';
import { parametersOf } from '../../operations/n8n/parameters';
import { messageOf, textOf, withoutDepths } from '../../text';
import { apiOf, type GatewayTrigger, type WebhookCall } from '../definition';
import { bounded } from '../event/bounded';
import type { GatewayEvent } from '../event/event';
import { itemsWithMedia } from '../media/attach';
import { mediaFileName } from '../media/describe';
import { propertiesOfTrigger } from '../properties';
import { secretFor } from '../register/lifecycle';
import { givenSecret } from '../register/webhookAddress';
import { type Claim, claimEvent } from './dedupe';
import { filterOf } from './filter';
import { itemOf } from './output';

/** Milliseconds that a call waits for its files: a provider that gets no answer delivers again. */
const MAX_FILE_WAIT_MS = 8_000;

/**
 * The `webhook` of every trigger node. Forged calls are answered 401, calls of another form 400, and neither starts an
 * execution; a delivery that was seen before, or is filtered out, is answered 200 and starts none either. What starts one
 * is answered by n8n, when it has the execution (n8n 2.41; n8n 1.123 answers before): if n8n is killed in between, the
 * provider delivers it again.
 *
 * It throws nothing: n8n would start a failed execution for it.
 */
export async function receiveWebhook(
	context: IWebhookFunctions,
	trigger: GatewayTrigger,
): Promise<IWebhookResponseData> {
	const claims = new Claims(context);
	try {
		const call = callOf(context);
		if (!(await isGenuine(context, trigger, call))) {
			return answer(context, 401, 'This address is not known here');
		}
		const events = trigger.parse(call)?.map(withCleanName);
		const parameter = parametersOf(context, propertiesOfTrigger(trigger));
		if (!events) {
			return answer(context, 400, `This is not a webhook of ${apiOf(trigger, parameter).displayName}`);
		}

		const isWanted = filterOf(parameter, trigger.choiceOf, await countryOf(context, trigger, parameter));
		const wanted = events
			.map(bounded)
			.filter(isWanted)
			.filter((event) => claims.isFirst(event));
		if (wanted.length === 0) return answer(context, 200, 'ok');

		const isDownloading = trigger.fetchMedia && parameter('options.downloadMedia') === true;
		if (!isDownloading) return started(claims, [wanted.map((event) => itemOf(event, parameter))]);

		const fetching = itemsWithMedia(context, trigger, wanted, parameter);
		const limit = new AbortController();
		const inTime = await Promise.race([fetching, wait(MAX_FILE_WAIT_MS, limit.signal).catch(() => undefined)]);
		limit.abort();
		if (inTime) return started(claims, [inTime]);
		// From here until n8n has the execution, a kill loses a message that was answered.
		const answered = answer(context, 200, 'ok');
		claims.keep();
		return { ...answered, workflowData: [await fetching] };
	} catch (error) {
		claims.release();
		context.logger.error('A webhook could not be handled', {
			node: context.getNode().name,
			reason: error instanceof GatewayError ? error.failure.kind : messageOf(error),
		});
		return answer(context, 500, 'The webhook could not be handled');
	}
}

function callOf(context: IWebhookFunctions): WebhookCall {
	const { rawBody } = context.getRequestObject();
	return {
		headers: context.getHeaderData(),
		query: context.getQueryData() as IDataObject,
		// What goes down thousands of levels would end in a stack overflow somewhere.
		body: withoutDepths(context.getBodyData()),
		rawBody,
	};
}

async function isGenuine(context: IWebhookFunctions, trigger: GatewayTrigger, call: WebhookCall): Promise<boolean> {
	if (trigger.registration.kind === 'byHand' && !trigger.verify) {
		const chosen = textOf(parametersOf(context, propertiesOfTrigger(trigger))('options.secret')).trim();
		return chosen === '' || isSecretRight(givenSecret(call.query), chosen);
	}
	const api = apiOf(trigger, parametersOf(context, propertiesOfTrigger(trigger)));
	const credential = await context.getCredentials(api.credentialType);
	const secret = secretFor(context, api, credential);
	if (trigger.verify) return trigger.verify(call, credential, secret);
	return isSecretRight(givenSecret(call.query), secret);
}

/**
 * Leaves the answer to n8n.
 *
 * n8n reads the body of our answer once it has made the execution, and saves static data right after that. What was written
 * before is not saved: for the execution n8n makes a workflow of the same data, which marks it as unchanged (observed in
 * n8n 2.41: `webhook-helpers`, `live-webhooks`, `ObservableObject.create`). So the events are noted at that moment, which is
 * the right one besides: earlier, n8n might yet fail to take them.
 */
function started(claims: Claims, workflowData: INodeExecutionData[][]): IWebhookResponseData {
	claims.handOver();
	return {
		workflowData,
		get webhookResponse() {
			claims.keep();
			return { message: 'ok' };
		},
	};
}

/** The events of a call that come for the first time. Tests see every delivery; production sees each event once. */
class Claims {
	private readonly claims: Claim[] = [];
	private isHandedOver = false;
	private isKept = false;

	constructor(private readonly context: IWebhookFunctions) {
		// n8n has answered without having taken them: the provider delivers them again. One that hangs up while we still work
		// changes nothing, since n8n gets the events all the same.
		context.getResponseObject().once('close', () => {
			if (this.isHandedOver && !this.isKept) this.release();
		});
	}

	isFirst(event: GatewayEvent): boolean {
		const { context } = this;
		if (context.getMode() === 'manual') return true;
		const node = context.getNode();
		const triggerId = `${context.getWorkflow().id} ${node.webhookId ?? node.id}`;
		const claim = claimEvent(triggerId, event.id, context.getWorkflowStaticData('node'));
		if (claim) this.claims.push(claim);
		return claim !== undefined;
	}

	/** From now on it is for n8n to take them. */
	handOver(): void {
		this.isHandedOver = true;
	}

	release(): void {
		for (const claim of this.claims) claim.release();
	}

	keep(): void {
		this.isKept = true;
		const stored = this.claims.length > 0 ? this.context.getWorkflowStaticData('node') : {};
		for (const claim of this.claims) claim.keep(stored);
	}
}

/** The credential's Default Country, where there are senders to compare with. */
async function countryOf(
	context: IWebhookFunctions,
	trigger: GatewayTrigger,
	parameter: ReadParameter,
): Promise<string | undefined> {
	if (!parameter('options.senders')) return undefined;
	const credential = await context.getCredentials(apiOf(trigger, parameter).credentialType);
	return textOf(credential.defaultCountry);
}

/** What names a file comes from outside, and is made a path of by whoever saves the file. */
function withCleanName(event: GatewayEvent): GatewayEvent {
	const { media } = event;
	return media ? { ...event, media: { ...media, fileName: mediaFileName(media.fileName) ?? null } } : event;
}

function answer(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	const response = context.getResponseObject();
	if (!response.headersSent) response.status(status).json({ message });
	return { noWebhookResponse: true };
}
