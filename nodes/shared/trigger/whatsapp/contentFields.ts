import { told } from '../event/emptyEvent';
import type { GatewayEvent } from '../event/event';
import type { Content } from './parts/content';
import { contextIn, readContext } from './parts/context';
import { filledKeys, isWrapper } from './parts/wrappers';
import { type Reading, targetOf } from './reading';
import { amountIn, flagIn, textIn } from './values';
import type { IDataObject } from 'n8n-workflow';

/**
 * A message with what it says, and what surrounds its words.
 *
 * @param further names of parts that were not read, beside those of the message itself
 */
export function contentFields(reading: Reading, content: Content, further: string[] = []): GatewayEvent {
	const { base, open, message, people, body } = reading;
	const { key, part, unread, about, hasCaption, type, media } = content;
	const { contacts, interactive, order, product, poll, calendar, invite, payment, linkPreview } = content;
	const text = content.text ?? body;
	const context = contextIn(part, open.parts, message);
	const surroundings = context ? readContext(context, people) : {};
	const targetKey = open.commented ?? about;
	const target = targetKey && targetOf(reading, targetKey, 'sender');
	const isAnimated = open.isAnimated && media ? { isAnimated: true } : {};
	const event: GatewayEvent = {
		...base,
		...surroundings,
		location: content.location ?? null,
		...told<Partial<GatewayEvent>>({
			contacts,
			interactive,
			order,
			product,
			poll,
			calendar,
			invite,
			payment,
			linkPreview,
		}),
		type: key === 'call' && text !== null ? 'text' : type,
		text,
		media: media ? { ...media, ...isAnimated, ...(hasCaption ? { caption: text } : {}) } : null,
		replyTo: target?.messageId ?? surroundings.quoted?.id ?? replyIn(message),
		...told<Partial<GatewayEvent>>({
			target,
			viewOnce: base.viewOnce ?? (media?.viewOnce === true || flagIn(part, 'viewOnce') === true ? true : null),
			ephemeralSeconds: surroundings.ephemeralSeconds ?? (amountIn(message, 'ephemeralDuration') || null),
		}),
	};
	const isKnown = type !== 'unknown' || key === 'call';
	return withUnread(event, reading, isKnown ? [key] : [], [...unread, ...further]);
}

/** The message that is answered, where a gateway names it beside the parts. */
function replyIn(message: IDataObject): string | null {
	return textIn(message, 'quoted_message_id', 'quotedMessageId', 'replyTo');
}

/** The event with the names of the parts that nothing has read. */
export function withUnread(
	event: GatewayEvent,
	{ open }: Reading,
	read: string[],
	further: string[] = [],
): GatewayEvent {
	const left = filledKeys(open.parts).filter((key) => !read.includes(key) && !isWrapper(key));
	const unread = [...new Set([...(event.unread ?? []), ...open.unread, ...left, ...further])];
	return unread.length > 0 ? { ...event, unread } : event;
}
