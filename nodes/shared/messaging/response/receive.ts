import {
	type IDataObject,
	type IWebhookFunctions,
	type IWebhookResponseData,
	SEND_AND_WAIT_OPERATION,
} from 'n8n-workflow';
import { isForThisRun, keptForCall } from '../../operations/n8n/waiting';
import { isObject } from '../../object';
import { textOf } from '../../text';
import { keptQuestion, type Question } from './fields';
import { APPROVED } from './operation';
import type { PageTexts } from './language';
import { formPage, overPage, PAGE_HEADERS, thanksPage } from './page';
import { textsOf } from './settings';

/** Longer answers are cut off; a page of text is far shorter. */
const LONGEST_TEXT = 10_000;

/** Whether the node that is called waits for a person's response. */
export function isSendAndWait(context: IWebhookFunctions): boolean {
	return context.getNodeParameter('operation', '') === SEND_AND_WAIT_OPERATION;
}

/**
 * The `webhook` of a node that waits for a response. n8n has checked the signature of the address, the query included,
 * and that the execution still waits at this node; otherwise n8n shows its own page. A GET shows the page, which decides
 * nothing; a POST answers.
 */
export function receiveResponse(context: IWebhookFunctions): IWebhookResponseData {
	const { data: kept } = keptQuestion.safeParse(keptForCall(context));
	if (!kept) {
		show(context, 409, overPage({ settings: { language: 'en', texts: {} } }));
		return { noWebhookResponse: true };
	}
	const { message, question, page: settings } = kept;
	if (!isForThisRun(context)) {
		show(context, 409, overPage({ settings }));
		return { noWebhookResponse: true };
	}
	const texts = textsOf(settings);
	const button = buttonOf(question, context.getQueryData() as IDataObject, texts);
	if (context.getRequestObject().method !== 'POST') {
		show(context, 200, formPage({ settings, message, question, button }));
		return { noWebhookResponse: true };
	}
	const answer = answerOf(question, context, texts);
	if ('problem' in answer) {
		show(context, 422, formPage({ settings, message, question, button, problem: answer.problem }));
		return { noWebhookResponse: true };
	}
	show(context, 200, thanksPage({ settings, answer: button ?? answer.shown }));
	const json = { data: answer.data, respondedAt: new Date().toISOString() };
	return { noWebhookResponse: true, workflowData: [[{ json, pairedItem: { item: 0 } }]] };
}

function buttonOf(asked: Question, query: IDataObject, { approve, decline }: PageTexts): string | undefined {
	if (asked.kind !== 'approval') return undefined;
	return query[APPROVED] === 'false' ? asked.decline || decline : asked.approve || approve;
}

/** An answer in the form of n8n's own nodes, and as it is shown; or what is wrong with it. */
type Answer = { data: IDataObject; shown: string } | { problem: string };

function answerOf(asked: Question, context: IWebhookFunctions, texts: PageTexts): Answer {
	// A call without a body has none at all.
	const given: unknown = context.getBodyData();
	const body = isObject(given) ? given : {};
	switch (asked.kind) {
		case 'approval': {
			const { [APPROVED]: approved } = context.getQueryData() as IDataObject;
			if (approved !== 'true' && approved !== 'false') return { problem: texts.incompleteLink };
			return { data: { approved: approved === 'true' }, shown: '' };
		}
		case 'choice': {
			const chosen = textOf(body.choice);
			const choice = /^\d+$/.test(chosen) ? asked.choices[Number(chosen)] : undefined;
			return choice === undefined ? { problem: texts.chooseOne } : { data: { choice }, shown: choice };
		}
		case 'freeText': {
			const text = textOf(body.text).trim().slice(0, LONGEST_TEXT);
			return text === '' ? { problem: texts.writeAnswer } : { data: { text }, shown: text };
		}
	}
}

function show(context: IWebhookFunctions, status: number, page: string): void {
	const response = context.getResponseObject();
	response.status(status).set(PAGE_HEADERS).send(page);
}
