import {
	type IDataObject,
	type IWebhookFunctions,
	type IWebhookResponseData,
	SEND_AND_WAIT_OPERATION,
} from 'n8n-workflow';
import { keptForCall } from '../../operations/n8n/waiting';
import { textOf } from '../../text';
import { keptQuestion, type Question } from './fields';
import { APPROVED } from './operation';
import { formPage, PAGE_HEADERS, plainPage } from './page';

/** Longer answers are cut off by nobody's wish; a page of text is far less. */
const LONGEST_TEXT = 10_000;

/** Whether the node that is called waits for a person's response. */
export function isSendAndWait(context: IWebhookFunctions): boolean {
	return context.getNodeParameter('operation', '') === SEND_AND_WAIT_OPERATION;
}

/**
 * The `webhook` of a node that waits for a response. n8n has checked the signature of the address, the query included,
 * and that the execution still waits. A GET shows the page, which decides nothing; a POST answers.
 */
export function receiveResponse(context: IWebhookFunctions): IWebhookResponseData {
	const { data: kept } = keptQuestion.safeParse(keptForCall(context));
	if (!kept) {
		show(context, 409, plainPage('Nothing is asked', 'The workflow does not wait for this response.'));
		return { noWebhookResponse: true };
	}
	const { message, question } = kept;
	const button = buttonOf(question, context.getQueryData() as IDataObject);
	if (context.getRequestObject().method !== 'POST') {
		show(context, 200, formPage({ message, question, button }));
		return { noWebhookResponse: true };
	}
	const answer = answerOf(question, context);
	if (typeof answer === 'string') {
		show(context, 422, formPage({ message, question, button, problem: answer }));
		return { noWebhookResponse: true };
	}
	show(context, 200, plainPage('Thank you', 'Your response was recorded. You can close this page.'));
	const json = { data: answer, respondedAt: new Date().toISOString() };
	return { noWebhookResponse: true, workflowData: [[{ json, pairedItem: { item: 0 } }]] };
}

function buttonOf(asked: Question, query: IDataObject): string | undefined {
	if (asked.kind !== 'approval') return undefined;
	return query[APPROVED] === 'false' ? asked.decline : asked.approve;
}

/** What was answered, in the form of n8n's own nodes; a text: what is wrong with it. */
function answerOf(asked: Question, context: IWebhookFunctions): IDataObject | string {
	const body = context.getBodyData();
	switch (asked.kind) {
		case 'approval': {
			const { [APPROVED]: approved } = context.getQueryData() as IDataObject;
			if (approved !== 'true' && approved !== 'false') return 'This link is not complete. Copy all of it.';
			return { approved: approved === 'true' };
		}
		case 'choice': {
			const chosen = textOf(body.choice);
			const choice = /^\d+$/.test(chosen) ? asked.choices[Number(chosen)] : undefined;
			return choice === undefined ? 'Choose one of the answers.' : { choice };
		}
		case 'freeText': {
			const text = textOf(body.text).trim().slice(0, LONGEST_TEXT);
			return text === '' ? 'Write an answer.' : { text };
		}
	}
}

function show(context: IWebhookFunctions, status: number, page: string): void {
	const response = context.getResponseObject();
	response.status(status).set(PAGE_HEADERS).send(page);
}
