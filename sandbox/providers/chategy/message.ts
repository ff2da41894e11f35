import { type Parameters, phoneDigits, Problems } from './fields';
import { type Channel, chategyAccount, type Instance } from './seed';
import type { DeliveryRecord } from './state';

/** What every kind of sending has in common, once it was read. */
type MessageFields = Omit<DeliveryRecord, 'id' | 'statusId' | 'channel'>;

/** "phone 7–15 digits; text <=3500" (the provider's own client of its API). */
const MAX_TEXT = 3500;
const PRIORITIES = ['high', 'medium', 'low'];
const MINUTE_MS = 60_000;

/**
 * Reads what one message is. The rules are the API reference's (delivery, send_file) and those of the provider's own client;
 * of the words of a refusal only "the text cannot be empty" is the API reference's, the others are inferred.
 *
 * @param text replaces the text: null where there may be none
 * @throws a Refusal that names every field that is wrong
 */
export function readMessage(
	parameters: Parameters,
	instance: Instance,
	text: 'required' | null,
	problems = new Problems(),
): MessageFields {
	if (text === 'required') checkText(parameters, problems);
	const channels = routing(parameters, instance);
	const recipient = readRecipient(parameters, channels, problems);
	const priority = parameters.text('priority');
	if (priority !== undefined && !PRIORITIES.includes(priority)) problems.add('priority', 'priority invalid');
	const scheduledAt = readSchedule(parameters, problems);
	problems.throwIfAny();
	return {
		...recipient,
		...common(parameters, instance, channels, scheduledAt),
		text: parameters.text('text') ?? parameters.text('caption') ?? null,
		callbackUrl: parameters.text('callback_url') ?? null,
		externalId: parameters.text('external_id') ?? null,
		// The example without the parameter has "low"; "the optimal value is determined automatically".
		priority: priority ?? 'low',
	};
}

/** Reads one text for many people: a message for each number, user name and Telegram id. Throws a Refusal. */
export function readBulk(parameters: Parameters, instance: Instance): MessageFields[] {
	const problems = new Problems();
	checkText(parameters, problems);
	const channels = routing(parameters, instance);
	const scheduledAt = readSchedule(parameters, problems);
	const phones = parameters.list('phones_numbers').flatMap((text) => text.split(','));
	const usernames = parameters.list('usernames').map(withoutAt);
	const telegramId = readTelegramId(parameters, problems);
	for (const phone of phones)
		if (phoneDigits(phone) === undefined) problems.add('phones_numbers', `${phone.trim()} invalid`);
	if (phones.length === 0 && usernames.length === 0 && telegramId === undefined)
		problems.add('phones_numbers', 'phones_numbers cannot be empty');
	if ((usernames.length > 0 || telegramId !== undefined) && !channels.includes('tdlib'))
		problems.add('dispatch_routing', 'dispatch_routing must include tdlib');
	problems.throwIfAny();

	const recipients = [
		...phones.flatMap((text) => phoneDigits(text) ?? []).map((phone) => ({ phone, recipient: phone })),
		...usernames.map((username) => ({ phone: null, recipient: `@${username}` })),
		...(telegramId === undefined ? [] : [{ phone: null, recipient: telegramId }]),
	];
	return recipients.map((recipient) => ({
		...recipient,
		...common(parameters, instance, channels, scheduledAt),
		text: parameters.text('text') ?? null,
		callbackUrl: null,
		externalId: null,
		priority: 'low',
	}));
}

/** "160 characters for Latin letters or 70 for non-Latin letters" (API reference). */
function smsCount(text: string): number {
	const isLatin = [...text].every((character) => (character.codePointAt(0) ?? 0) < 0x100);
	return Math.max(1, Math.ceil(text.length / (isLatin ? 160 : 70)));
}

/** As the provider shows times: `2023-12-11T20:30:00Z`. */
export function providerTime(scheduledAt: DeliveryRecord['scheduledAt']): string | null {
	return scheduledAt === null ? null : scheduledAt.at.replace('.000Z', 'Z');
}

function common(
	parameters: Parameters,
	instance: Instance,
	channels: Channel[],
	scheduledAt: DeliveryRecord['scheduledAt'],
) {
	const name = parameters.text('sender_name');
	return {
		customerId: instance.customerId,
		channels,
		// "If the parameter is missing or invalid, it is replaced" (API reference).
		senderName: instance.senderNames.find((known) => known === name) ?? chategyAccount.defaultSenderName,
		scheduledAt,
		utmMark: parameters.text('utm_mark') ?? null,
		totalSms: smsCount(parameters.text('text') ?? parameters.text('caption') ?? ''),
	};
}

/** "The same value is applied if the dispatch_routing parameter is not specified in the API, invalid or empty" (API reference). */
function routing(parameters: Parameters, instance: Instance): Channel[] {
	const channels = parameters.channels();
	return channels.length > 0 ? channels : [...instance.channels];
}

function checkText(parameters: Parameters, problems: Problems): void {
	const text = parameters.text('text');
	if (text === undefined) problems.add('text', 'the text cannot be empty');
	else if (text.length > MAX_TEXT) problems.add('text', `the text is too long (maximum is ${MAX_TEXT} characters)`);
}

/** A message has one kind of recipient; which one counts when there are several is left open, the order here is inferred. */
function readRecipient(
	parameters: Parameters,
	channels: Channel[],
	problems: Problems,
): Pick<DeliveryRecord, 'phone' | 'recipient'> {
	const telegramId = readTelegramId(parameters, problems);
	const username = parameters.text('username');
	const lid = parameters.text('whatsapp_lid');
	const phone = parameters.text('phone');
	if (username !== undefined && !channels.includes('tdlib'))
		problems.add('username', 'username needs the tdlib channel');
	if (telegramId !== undefined && !channels.includes('tdlib'))
		problems.add('tdlib_user_id', 'tdlib_user_id needs the tdlib channel');
	if (lid !== undefined) {
		if (!/^\d+(@lid)?$/.test(lid)) problems.add('whatsapp_lid', 'whatsapp_lid invalid');
		if (!channels.includes('whatsapp')) problems.add('whatsapp_lid', 'whatsapp_lid needs the whatsapp channel');
	}
	const digits = phone === undefined ? undefined : phoneDigits(phone);
	if (phone !== undefined && digits === undefined) problems.add('phone', 'phone invalid');
	const others = [
		telegramId,
		username === undefined ? undefined : `@${withoutAt(username)}`,
		lid === undefined ? undefined : `${lid.replace(/@lid$/, '')}@lid`,
	];
	const recipient = [digits, ...others].find((one) => one !== undefined);
	if (recipient === undefined && phone === undefined) problems.add('phone', 'the phone cannot be empty');
	return { phone: digits ?? null, recipient: recipient ?? '' };
}

/** "If tdlib_user_id > 0 is a private chat, if <0 is a group chat" (API reference). */
function readTelegramId(parameters: Parameters, problems: Problems): string | undefined {
	const id = parameters.text('tdlib_user_id');
	if (id === undefined || /^-?[1-9]\d*$/.test(id)) return id;
	problems.add('tdlib_user_id', 'tdlib_user_id invalid');
	return undefined;
}

/** "At least 1 minute and no more than 1 month from the current moment", UTC, `YYYY-MM-DD HH:MM:SS` (API reference). */
function readSchedule(parameters: Parameters, problems: Problems): DeliveryRecord['scheduledAt'] {
	const written = parameters.text('scheduled_at');
	if (written === undefined) return null;
	const at = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(written) ? Date.parse(`${written.replace(' ', 'T')}Z`) : NaN;
	// The form has no milliseconds: a minute from now may be written up to a second too low.
	const isInTime = at >= Date.now() + MINUTE_MS - 1000 && at <= inAMonth(new Date());
	if (isInTime) return { at: new Date(at).toISOString(), written };
	problems.add(
		'scheduled_at',
		Number.isNaN(at) ? 'scheduled_at invalid' : 'scheduled_at must be from 1 minute to 1 month ahead',
	);
	return null;
}

/** The same day next month, or that month's last where it is shorter. */
function inAMonth(now: Date): number {
	const next = new Date(now);
	next.setUTCMonth(next.getUTCMonth() + 1);
	if (next.getUTCDate() !== now.getUTCDate()) next.setUTCDate(0);
	return next.getTime();
}

function withoutAt(username: string): string {
	return username.trim().replace(/^@/, '');
}
