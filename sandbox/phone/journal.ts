import { sides } from './sides';
import type { Bubble, Content, Person, Reading, SentReading, WebhookOutcome } from './types';
import { isProviderName } from '../providers';
import type { Delivery, DeviceInfo, OutgoingWebhook, Revision, SentMessage } from '../types';

/** A webhook that was posted, even if nobody accepted it. */
export interface WebhookRecord {
	id: number;
	provider: string;
	at: number;
	webhook: OutgoingWebhook;
	attempt: number;
	headers: Record<string, string>;
	/** undefined while it is under way. */
	delivery?: Delivery;
}

/** What a webhook is known to say, where the phone itself wrote it; what is left out is read from its body. */
export interface KnownMessage {
	chat: string;
	isGroup: boolean;
	from: Person;
	content: Content;
}

/** What an account does in a chat, by the words of WhatsApp's libraries: `composing`, `recording`, `paused` and others. */
interface Presence {
	provider: string;
	device: string;
	recipient: string;
	presence: string;
}

/** WhatsApp stops showing "typing…" after a few seconds unless the request is repeated (inferred; not documented). */
const PRESENCE_MS = 10_000;

/** Older ones are forgotten. */
const MAX_BUBBLES = 2_000;
const MAX_WEBHOOKS = 500;

/** Keeps what was written in both directions, as chats show it. No input can make it fail. */
export class Journal {
	private bubbles: Bubble[] = [];
	private webhooks: WebhookRecord[] = [];
	/** Who is seen typing or recording, by account and chat. */
	private readonly presences = new Map<string, { presence: string }>();
	private readonly listeners = new Set<() => void>();
	private lastId = 0;

	constructor(private readonly devices: (provider: string) => DeviceInfo[]) {}

	reset(): void {
		this.bubbles = [];
		this.webhooks = [];
		this.presences.clear();
		this.changed();
	}

	/** Calls a listener after each change, until the returned function is called. */
	listen(listener: () => void): () => void {
		this.listeners.add(listener);
		return () => void this.listeners.delete(listener);
	}

	changed(): void {
		for (const listener of this.listeners) listener();
	}

	all(): readonly Bubble[] {
		return this.bubbles;
	}

	posted(): readonly WebhookRecord[] {
		return this.webhooks;
	}

	/** What an account is seen doing in a chat: `composing` or `recording`; null: nothing. */
	presenceIn(provider: string, device: string, chat: string): string | null {
		return this.presences.get(presenceKey(provider, device, chat))?.presence ?? null;
	}

	/**
	 * Shows what an account is doing, as WhatsApp does: until it stops, sends something, or some seconds have passed.
	 *
	 * @param wait resolves after the time, or when the sandbox closes
	 */
	async show(
		{ provider, device, recipient, presence }: Presence,
		wait: (ms: number) => Promise<void>,
	): Promise<void> {
		const key = presenceKey(provider, this.deviceCalled(provider, device), chatOf(provider, recipient));
		this.presences.delete(key);
		const shown = { presence };
		if (presence === 'composing' || presence === 'recording') this.presences.set(key, shown);
		this.changed();
		await wait(PRESENCE_MS);
		if (this.presences.get(key) !== shown) return;
		this.presences.delete(key);
		this.changed();
	}

	/** A message that a provider accepted. */
	accepted(message: SentMessage): void {
		const { chat, content, messageId } = readSent(message);
		const device = this.deviceCalled(message.provider, message.device);
		this.presences.delete(presenceKey(message.provider, device, chat));
		const quoted = content.quoted && this.byMessageId(message.provider, content.quoted.id);
		if (quoted !== undefined)
			content.quoted = {
				id: quoted.messageId ?? '',
				text: summaryOf(quoted.content),
				byAccount: quoted.by === 'account',
			};
		this.add({
			provider: message.provider,
			device,
			chat,
			isGroup: message.recipientType === 'group',
			by: 'account',
			from: null,
			at: message.acceptedAt,
			content,
			messageId: messageId ?? null,
			sent: {
				status: message.scheduledAt === undefined ? 'accepted' : 'scheduled',
				note: null,
				scheduledAt: message.scheduledAt ?? null,
				sequence: message.sequence,
			},
		});
	}

	/** The outcome of a message, by the id it was accepted with. */
	revise(message: SentMessage, { text, isEdited, isDeleted, status, note }: Revision): void {
		const bubble = this.bubbles.findLast(({ sent }) => sent?.sequence === message.sequence);
		if (bubble?.sent === undefined) return;
		if (text !== undefined) bubble.content.text = text;
		if (isEdited) bubble.isEdited = true;
		if (isDeleted) bubble.isDeleted = true;
		if (status !== undefined) bubble.sent.status = status;
		if (note !== undefined) bubble.sent.note = note;
		this.changed();
	}

	/**
	 * Records what is played, before its webhooks are posted.
	 *
	 * @param known what the phone wrote; without it everything is read from the bodies
	 * @returns what is to be called with the deliveries
	 */
	played(
		provider: string,
		bodies: readonly string[],
		{ slot, known }: { slot?: string | undefined; known?: KnownMessage | undefined } = {},
	): (deliveries: readonly Delivery[]) => void {
		const bubbles = bodies.flatMap((body) => {
			const device = slot ?? this.deviceIn(provider, body);
			return readWebhook(provider, body).flatMap((reading) => this.apply(provider, device, reading, known) ?? []);
		});
		this.changed();
		return (deliveries) => {
			const outcome = outcomeOf(deliveries);
			for (const bubble of bubbles) if (bubble.by === 'customer') bubble.webhook = outcome;
			this.changed();
		};
	}

	/** Notes a webhook while it is posted. */
	async follow(
		provider: string,
		webhook: OutgoingWebhook,
		attempt: number,
		post: (headers: Record<string, string>) => Promise<Delivery>,
	): Promise<Delivery> {
		const headers = webhook.headers(attempt);
		const record: WebhookRecord = { id: ++this.lastId, provider, at: Date.now(), webhook, attempt, headers };
		this.webhooks.push(record);
		if (this.webhooks.length > MAX_WEBHOOKS) this.webhooks.splice(0, MAX_WEBHOOKS / 4);
		this.changed();
		record.delivery = await post(headers);
		this.changed();
		return record.delivery;
	}

	private apply(
		provider: string,
		device: string,
		reading: Reading,
		known: KnownMessage | undefined,
	): Bubble | undefined {
		if (reading.act === 'message') {
			const { chat, isGroup, from, content } = known ?? reading;
			return this.add({
				provider,
				device,
				chat,
				isGroup,
				by: reading.isOwn ? 'account' : 'customer',
				from: reading.isOwn ? null : from,
				at: Date.now(),
				content,
				messageId: reading.id,
				...(reading.isOwn ? {} : { webhook: { state: 'posting', detail: '' } }),
			});
		}
		const bubble = this.byMessageId(provider, reading.target);
		if (bubble === undefined) return undefined;
		if (reading.act === 'edit')
			Object.assign(bubble, { isEdited: true, content: { ...bubble.content, text: reading.text } });
		else if (reading.act === 'delete') bubble.isDeleted = true;
		else if (reading.act === 'status') {
			if (bubble.sent !== undefined) bubble.sent.status = reading.status;
		} else {
			// An empty one takes the earlier one back.
			const others = bubble.reactions.filter(({ by }) => by !== reading.from.id);
			bubble.reactions =
				reading.emoji === '' ? others : [...others, { emoji: reading.emoji, by: reading.from.id }];
		}
		return undefined;
	}

	private byMessageId(provider: string, id: string): Bubble | undefined {
		return this.bubbles.findLast((bubble) => bubble.provider === provider && bubble.messageId === id);
	}

	/** Some providers name a device by its number; some accounts are no device. */
	private deviceCalled(provider: string, name: string): string {
		return this.devices(provider).find(({ id, number }) => id === name || number === name)?.id ?? name;
	}

	/** The device that a webhook's body names in any field, or the first one. */
	private deviceIn(provider: string, body: string): string {
		const devices = this.devices(provider);
		const named = devices.find(({ id, number }) => body.includes(id) || (number && body.includes(number)));
		return (named ?? devices[0])?.id ?? '';
	}

	private add(bubble: Omit<Bubble, 'id' | 'isEdited' | 'isDeleted' | 'reactions'>): Bubble {
		const added = { ...bubble, id: ++this.lastId, isEdited: false, isDeleted: false, reactions: [] };
		this.bubbles.push(added);
		if (this.bubbles.length > MAX_BUBBLES) this.bubbles.splice(0, MAX_BUBBLES / 4);
		this.changed();
		return added;
	}
}

const presenceKey = (...place: [provider: string, device: string, chat: string]): string => JSON.stringify(place);

function chatOf(provider: string, recipient: string): string {
	return (isProviderName(provider) ? sides[provider].chatOf?.(recipient) : undefined) ?? recipient;
}

/** A message in a few words, as an answer to it quotes it. */
export function summaryOf({ kind, text, file, location, contact }: Content): string {
	return text ?? file?.name ?? location?.name ?? contact?.name ?? kind;
}

function readSent(message: SentMessage): SentReading {
	try {
		if (isProviderName(message.provider)) return sides[message.provider].sent(message);
	} catch {
		// An unexpected body is shown as it was accepted.
	}
	return { chat: message.recipient, content: { kind: message.kind, text: message.text } };
}

function readWebhook(provider: string, body: string): Reading[] {
	if (!isProviderName(provider)) return [];
	let value: unknown = body;
	try {
		value = JSON.parse(body);
	} catch {
		// A form: the provider's side reads it.
	}
	try {
		return sides[provider].read(value);
	} catch {
		return [];
	}
}

function outcomeOf(deliveries: readonly Delivery[]): WebhookOutcome {
	const [last] = deliveries.slice(-1);
	if (last === undefined)
		return { state: 'unregistered', detail: 'Nothing receives this: no webhook is registered for it.' };
	if (last.status === null) return { state: 'unreachable', detail: last.error ?? 'No response.' };
	const isReceived = last.status >= 200 && last.status < 300;
	return { state: isReceived ? 'received' : 'refused', detail: `HTTP ${last.status} after ${last.ms} ms` };
}
