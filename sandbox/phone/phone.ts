import type { SandboxControl } from '../control/control';
import { maskUrls } from '../control/mask';
import type { MediaStore } from '../media';
import type { EventOf, ProviderName } from '../providers';
import { ControlError, type Delivery, type DeviceInfo, type IncomingResult, type SentMessage } from '../types';
import type { CustomerInput } from './inputs';
import { type Journal, summaryOf } from './journal';
import { sampleOf } from './sampleFiles';
import { sides } from './sides';
import type { Act, ActName, Bubble, ChatInfo, Content, PlayedAct, Quoted, SentStatus, StoredFile } from './types';

interface PhoneParts {
	control: SandboxControl;
	journal: Journal;
	media: MediaStore;
	/** The messages that were accepted. */
	sent: readonly SentMessage[];
	/** The text of the QR code a device shows; null while it shows none. */
	qrCode: (provider: ProviderName, device: string) => string | null;
}

/** An account in the list on the left. */
export interface Account extends DeviceInfo {
	provider: ProviderName;
	label: string;
	isConnected: boolean;
	/** It can be logged in and out: it is a device. */
	isDevice: boolean;
	acts: readonly ActName[];
	groupActs: readonly ActName[];
	/** What it does on its own phone. */
	ownActs: readonly ActName[];
	statuses: readonly SentStatus[];
	/** Where its webhooks go, without secrets; null: nowhere. */
	webhook: string | null;
	hasQrCode: boolean;
	/** How many messages it sent: what is new is what was not there before. */
	sentCount: number;
	/** The fault that refuses a key. */
	wrongKey: object;
}

export interface Chat extends ChatInfo {
	/** What a customer can do in it. */
	acts: readonly ActName[];
	/** What the account can do in it, on its own phone. */
	ownActs: readonly ActName[];
	/** What the account is seen doing: `composing` or `recording`. */
	presence: string | null;
	bubbles: Bubble[];
}

/** The customer's side of the sandbox: what the page shows and does. */
export class Phone {
	constructor(private readonly parts: PhoneParts) {}

	accounts(): Account[] {
		return (Object.keys(sides) as ProviderName[]).flatMap((provider) => this.accountsOf(provider));
	}

	/** The chats of an account: those to begin with, and all in which something was written. Oldest bubble first. */
	chats(provider: ProviderName, device: string): Chat[] {
		const account = this.account(provider, device);
		const chats = new Map<string, Chat>();
		const known = account.isDevice || account.acts.length > 0 ? sides[provider].chats(account) : [];
		for (const chat of known) chats.set(chat.id, newChat(account, chat));
		for (const bubble of this.parts.journal.all()) {
			if (bubble.provider !== provider || bubble.device !== device) continue;
			const chat = chats.get(bubble.chat) ?? newChat(account, chatIn(bubble));
			if (bubble.from !== null && !bubble.isGroup && chat.name === chat.id) chat.name = bubble.from.name;
			chat.bubbles.push(bubble);
			chats.set(chat.id, chat);
		}
		for (const [id, chat] of chats) chat.presence = this.parts.journal.presenceIn(provider, device, id);
		return [...chats.values()];
	}

	/** Does what a customer does, and says how its webhooks went. */
	async act(provider: ProviderName, input: CustomerInput): Promise<IncomingResult> {
		const account = this.account(provider, input.device);
		const side = sides[provider];
		this.allow(account, input);
		const act = this.actOf(input);
		if (!account.isConnected)
			throw new ControlError(`${account.name} is logged out. Log it in to receive messages.`);
		return await this.play(provider, side.play(act, account), input.device, act);
	}

	/** Reports a status of a message the account sent, as the customer's phone does. */
	async report(provider: ProviderName, bubbleId: number, status: SentStatus): Promise<unknown> {
		const side = sides[provider];
		const bubble = this.bubble(bubbleId);
		const message = this.parts.sent.find(({ sequence }) => sequence === bubble.sent?.sequence);
		if (side.report === undefined || !side.statuses.includes(status) || message?.id === undefined)
			throw new ControlError(`${side.label} does not report status "${status}" for this message.`);
		const report = side.report(status, message, bubble.chat);
		if ('action' in report) return await this.parts.control.action(provider, report.action, report.input);
		if (bubble.sent !== undefined) bubble.sent.status = status;
		return await this.play(provider, report, bubble.device);
	}

	/** Logs a device in or out, and lets the provider report it where it does. */
	async setConnected(provider: ProviderName, device: string, isConnected: boolean): Promise<Account> {
		const { connected, disconnected, loginEvents } = sides[provider];
		this.parts.control.setDeviceStatus(provider, device, isConnected ? connected : disconnected);
		const event = isConnected ? loginEvents?.logIn : loginEvents?.logOut;
		if (event !== undefined) await this.play(provider, event, device);
		this.parts.journal.changed();
		return this.account(provider, device);
	}

	/** The text of the QR code that a device shows. */
	qrCode(provider: ProviderName, device: string): string | null {
		return this.parts.qrCode(provider, device);
	}

	/** Posts the last webhook of a provider once more: the same bytes. */
	async again(provider: ProviderName): Promise<Delivery> {
		const last = this.parts.journal.posted().findLast((one) => one.provider === provider);
		if (last === undefined) throw new ControlError(`${sides[provider].label} has not sent a webhook yet.`);
		return await this.parts.control.postAgain(provider, last.webhook, last.attempt + 1);
	}

	private async play(
		provider: ProviderName,
		{ event, overrides }: PlayedAct,
		device: string,
		act?: Act,
	): Promise<IncomingResult> {
		const content = act === undefined ? undefined : contentOf(act);
		const known =
			act === undefined || content === undefined
				? undefined
				: { chat: act.chat, isGroup: act.isGroup, from: act.from, content };
		// Each side names events of its provider only; the control refuses any other.
		return await this.parts.control.incoming(provider, event as EventOf<typeof provider>, {
			overrides,
			...(sides[provider].hasSlots ? { slot: device } : {}),
			shown: { device, known },
		});
	}

	private accountsOf(provider: ProviderName): Account[] {
		const { label, acts, groupActs, ownActs, statuses, connected, hasSlots, otherAccounts = [] } = sides[provider];
		const { control, journal } = this.parts;
		const webhookOf = (slot?: string): string | null => {
			const url = control.webhook(provider, slot);
			return url === null ? null : maskUrls(url);
		};
		const common = (id: string) => ({
			provider,
			label,
			sentCount: journal
				.all()
				.filter((one) => one.by === 'account' && one.provider === provider && one.device === id).length,
			wrongKey: sides[provider].wrongKey ?? { kind: 'status', status: 401 },
		});
		const devices = control.devices(provider).map(({ id, name, status, number }) => ({
			id,
			name,
			status,
			...(number === undefined ? {} : { number }),
			...common(id),
			isConnected: status === connected,
			isDevice: true,
			acts,
			groupActs,
			ownActs,
			statuses,
			webhook: webhookOf(hasSlots ? id : undefined),
			hasQrCode: this.parts.qrCode(provider, id) !== null,
		}));
		const others = otherAccounts.map(({ id, name }) => ({
			id,
			name,
			status: connected,
			number: id,
			...common(id),
			isConnected: true,
			isDevice: false,
			acts: [],
			groupActs: [],
			ownActs: [],
			statuses: [],
			webhook: null,
			hasQrCode: false,
		}));
		return [...devices, ...others];
	}

	private account(provider: ProviderName, device: string): Account {
		const account = this.accountsOf(provider).find(({ id }) => id === device);
		if (account !== undefined) return account;
		throw new ControlError(
			`${sides[provider].label} has no account "${device}". GET /control/accounts lists them.`,
		);
	}

	private bubble(id: number): Bubble {
		const bubble = this.parts.journal.all().find((one) => one.id === id);
		if (bubble !== undefined) return bubble;
		throw new ControlError(`There is no message ${id}. GET /control/chats lists them.`);
	}

	/** Refuses what the provider's webhooks cannot say. */
	private allow(account: Account, input: CustomerInput): void {
		const isGroup = input.isGroup ?? false;
		const wanted: ActName[] = [input.do === 'file' ? input.kind : input.do];
		if ('replyTo' in input && input.replyTo !== undefined) wanted.push('reply');
		const isOwn = input.isOwn ?? false;
		const acts = isOwn ? account.ownActs : isGroup ? account.groupActs : account.acts;
		const missing = wanted.find((name) => !acts.includes(name));
		if (missing !== undefined) {
			const where = isOwn ? ' of the account itself' : isGroup ? ' in a group' : '';
			throw new ControlError(
				`${account.label} does not report ${missing}${where}. It reports ${acts.join(', ') || 'nothing'}.`,
			);
		}
	}

	private actOf(input: CustomerInput): Act {
		const { chat, isGroup = false, isOwn = false, from } = input;
		const where = { chat, isGroup, isOwn, from };
		switch (input.do) {
			case 'text':
				return { ...where, do: 'text', text: input.text, ...this.quotedBy(input) };
			case 'file': {
				const { kind, text = null } = input;
				return { ...where, do: 'file', kind, text, file: this.store(input), ...this.quotedBy(input) };
			}
			case 'location': {
				const { latitude, longitude, name = null } = input;
				return { ...where, do: 'location', latitude, longitude, name };
			}
			case 'contact':
				return { ...where, do: 'contact', name: input.name, phone: input.phone };
			case 'reaction':
				return { ...where, do: 'reaction', target: this.quoted(input.target), emoji: input.emoji };
			case 'choice': {
				const { options = [] } = this.bubble(input.target).content;
				if (!options.includes(input.text)) throw new ControlError(`"${input.text}" is not one of the choices.`);
				return { ...where, do: 'choice', target: this.quoted(input.target), text: input.text, options };
			}
			case 'edit':
				return { ...where, do: 'edit', target: this.ownId(input.target), text: input.text };
			case 'delete':
				return { ...where, do: 'delete', target: this.ownId(input.target) };
			case 'call':
				return { ...where, do: 'call', isVideo: input.isVideo ?? false };
		}
	}

	private quotedBy({ replyTo }: { replyTo?: number | undefined }): { quoted?: Quoted } {
		return replyTo === undefined ? {} : { quoted: this.quoted(replyTo) };
	}

	private quoted(id: number): Quoted {
		const bubble = this.bubble(id);
		if (bubble.messageId === null) throw new ControlError(`Message ${id} has no id, so nothing can refer to it.`);
		return { id: bubble.messageId, text: summaryOf(bubble.content), byAccount: bubble.by === 'account' };
	}

	private ownId(id: number): string {
		const bubble = this.bubble(id);
		if (bubble.by === 'customer' && bubble.messageId !== null) return bubble.messageId;
		throw new ControlError(`The customer cannot change message ${id}.`);
	}

	private store({ kind, file }: Extract<CustomerInput, { do: 'file' }>): StoredFile {
		const given = file && { bytes: Buffer.from(file.base64, 'base64'), name: file.name, mimeType: file.mimeType };
		const { bytes, name, mimeType } = given ?? sampleOf(kind);
		return { ...this.parts.media.add(bytes, mimeType), name, mimeType, size: bytes.length };
	}
}

function actsIn({ acts, groupActs }: Account, chat: ChatInfo): readonly ActName[] {
	if (chat.isGroup) return groupActs;
	// Calls are played on WhatsApp only.
	return chat.channel === undefined ? acts : acts.filter((name) => name !== 'call');
}

/** What the account itself can do. Own messages are known of WhatsApp only. */
function ownActsIn({ ownActs }: Account, { channel }: ChatInfo): readonly ActName[] {
	return channel === undefined ? ownActs : [];
}

function newChat(account: Account, chat: ChatInfo): Chat {
	return {
		...chat,
		acts: actsIn(account, chat),
		ownActs: ownActsIn(account, chat),
		presence: null,
		bubbles: [],
	};
}

/** The chat of a bubble that is in none of the known ones. */
function chatIn({ chat: id, isGroup, from }: Bubble): ChatInfo {
	const [, channel] = /^(telegram|max):/.exec(id) ?? [];
	return {
		id,
		name: isGroup || from === null ? id.replace(/^\w+:/, '') : from.name,
		isGroup,
		...(channel === undefined ? {} : { channel: channel === 'max' ? 'MAX' : 'Telegram' }),
		...(isGroup && from !== null ? { members: [from] } : {}),
	};
}

/** What an act looks like as a bubble; undefined for one that changes another bubble. */
function contentOf(act: Act): Content | undefined {
	const quoted = 'quoted' in act && act.quoted !== undefined ? { quoted: act.quoted } : {};
	switch (act.do) {
		case 'text':
			return { kind: 'text', text: act.text, ...quoted };
		case 'file': {
			const { url, name, mimeType } = act.file;
			return { kind: act.kind, text: act.text, file: { url, name, mimeType }, ...quoted };
		}
		case 'location': {
			const { latitude, longitude, name } = act;
			return { kind: 'location', text: null, location: { latitude, longitude, name } };
		}
		case 'contact':
			return { kind: 'contact', text: null, contact: { name: act.name, phone: act.phone } };
		case 'call':
			return { kind: 'call', text: act.isVideo ? 'Video call' : 'Voice call' };
		default:
			return undefined;
	}
}
