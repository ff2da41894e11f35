import { type IDataObject, SEND_AND_WAIT_OPERATION } from 'n8n-workflow';
import type { GatewayRequest } from '../../http/request';
import type { Field, FieldRefusal, Fields, Values } from '../../operations/define/field';
import { defineOperation, type Operation, type OperationContext } from '../../operations/define/operation';
import type { SentMessage } from '../../operations/define/sentMessage';
import { joinParts } from '../../operations/define/textMessage';
import { textOf } from '../../text';
import { formatText, type TextLimit, textOptions, textSettings, textsToSend } from '../fields/textOptions';
import { message, oneItemOnly, question, type Question } from './fields';
import { type PageSettings, responseOptions, responseSettings, textsOf, waitUntil } from './settings';

/** The parameter of an approval's link that says which button it is for; n8n signs it with the address. */
export const APPROVED = 'approved';

const addedOptions = [...responseOptions, ...textOptions];

/**
 * Send and Wait for Response: sends a text with one link for each button, or one to a page with the choices or a field
 * for the text, and lets the execution wait for the answer.
 *
 * @param send what the provider's own Send Text is made of: the recipient, and the request for a text
 */
export function sendAndWait<F extends Fields>(send: {
	fields: F;
	/** The field with the recipient. */
	to?: keyof F & string;
	limit: TextLimit;
	/** See `textMessage`. */
	isPlain?: (values: Values<F>) => boolean;
	/** See `textMessage`. */
	mustBeWhole?: (values: Values<F>) => FieldRefusal | undefined;
	/** @param part of the text, the first being 0 */
	request: (values: Values<F>, text: string, part: number) => GatewayRequest;
	/** See `refusal` of an operation. */
	refusal?: (data: unknown) => string | undefined;
	/** See `output` of an operation. */
	output: (data: unknown, values: Values<F>, envelope: unknown) => SentMessage;
}): Operation {
	const own = { ...oneItemOnly, message, question, responseSettings, textSettings };
	return defineOperation({
		value: SEND_AND_WAIT_OPERATION,
		name: 'Send and Wait for Response',
		action: 'Send and wait for a response',
		description: 'Send a message with a link and wait until the recipient approves, chooses or writes a response',
		effect: 'send',
		isSingle: true,
		isBound: true,
		addedOptions,
		refusal: send.refusal,
		fields: beforeCollections(send.fields, own),
		run: async (values, context) => {
			const { message: written, question: asked, responseSettings: settings } = values as Values<typeof own>;
			const { textSettings: chosen } = values as Values<typeof own>;
			const property = message.properties[0]?.name ?? '';
			const text = withArguments(written, context.reviewed());
			const texts = textsToSend(text, chosen, {
				property,
				limit: send.limit,
				isPlain: send.isPlain?.(values) ?? false,
				// The links are addresses, which no format may change.
				last: `\n\n${linksOf(asked, settings.page, context)}`,
				mustBeWhole: () => send.mustBeWhole?.(values),
			});
			const to = (values as Record<string, unknown>)[send.to ?? 'recipient'];
			const sent = await context.sendParts(
				{ texts, to },
				async (part, number) => await Promise.resolve(send.request(values, part, number)),
			);
			const json = joinParts(sent.map(({ data, envelope }) => send.output(data, values, envelope)));
			// The page shows text, in which Markdown's signs would be seen.
			const shown = formatText(text, chosen, { property, isPlain: true });
			context.keepForCall({ message: shown, question: { ...asked }, page: { ...settings.page } });
			await context.waitForCall(waitUntil(settings));
			return [{ json }];
		},
	});
}

/** Puts fields after the recipient and before what says how to send: the channels and the options. */
function beforeCollections<F extends Fields, A extends Fields>(fields: F, added: A): F & A {
	const entries = Object.entries(fields);
	const isCollection = ([, { properties }]: [string, Field]): boolean =>
		['collection', 'fixedCollection'].includes(properties[0]?.type ?? '');
	const first = entries.findIndex(isCollection);
	const end = first < 0 ? entries.length : first;
	return Object.fromEntries([...entries.slice(0, end), ...Object.entries(added), ...entries.slice(end)]) as F & A;
}

/** What an object becomes within a text. */
const OBJECT = /\[object Object\]/g;

/** n8n's own text for a human review has the arguments of the tool in it, of which an expression makes "[object Object]". */
function withArguments(text: string, reviewed: IDataObject | undefined): string {
	if (!reviewed) return text;
	const lines = Object.entries(reviewed).map(([name, value]) => `${name}: ${textOf(value)}`);
	return text.replace(OBJECT, () => lines.join('\n') || 'nothing');
}

function linksOf(asked: Question, page: PageSettings, { responseUrl }: OperationContext): string {
	const texts = textsOf(page);
	if (asked.kind !== 'approval') return `${texts.link}: ${responseUrl({})}`;
	const lines = [`${asked.approve || texts.approve}: ${responseUrl({ [APPROVED]: 'true' })}`];
	if (asked.decline !== undefined) {
		lines.push(`${asked.decline || texts.decline}: ${responseUrl({ [APPROVED]: 'false' })}`);
	}
	return lines.join('\n\n');
}
