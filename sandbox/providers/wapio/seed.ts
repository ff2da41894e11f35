import { createHash } from 'node:crypto';
import type { DeviceInfo } from '../../types';

/** The account to test with. Tokens and ids are made up; their prefixes are the API reference's. */
export const wapioAccount = {
	/** A personal access token: may do everything, and names the session of each request. */
	pat: 'bps_pat_sandbox00000000000000000000000001',
	/** Bound to the connected session, which it need not name. */
	sessionKey: 'bps_sk_sandbox000000000000000000000000001',
	/** Bound to the disconnected session. */
	otherSessionKey: 'bps_sk_sandbox000000000000000000000000002',
	/** Ids of the sessions, named after the status they start with. */
	sessions: {
		connected: 'bps_sess_ws_000000000000000000000001',
		/** Shows a QR code. */
		disconnected: 'bps_sess_ws_000000000000000000000002',
		pending: 'bps_sess_ws_000000000000000000000003',
	},
	/** Ids of groups. `outside`: the account is no member yet, but may join by the invite code. */
	groups: {
		family: '120363000000000001@g.us',
		team: '120363000000000002@g.us',
		outside: '120363000000000009@g.us',
	},
	inviteCodes: {
		family: 'SandboxFamily000000001',
		team: 'SandboxTeam00000000002',
		outside: 'SandboxOutside00000009',
	},
	/** A channel that the connected session follows; its id is in the message logs. */
	channel: '120363000000000000@newsletter',
	/** Who writes in the events, and what WhatsApp hides the number behind. */
	sender: { name: 'Amina', number: '212600000001', lid: '203948576102938' },
	/** The id of a file that Wapio has decrypted. */
	decryptedMedia: 'bps_media_01J8ZS',
	/** The LID of the connected account. */
	ownLid: '118233445566778',
	notOnWhatsApp: ['212699990001', '212699990002'],
} as const;

/** The statuses of the API reference (List sessions). */
export const SESSION_STATUSES = [
	'pending',
	'connecting',
	'connected',
	'disconnected',
	'pending_deletion',
	'deleted',
] as const;

/** The switches of a session (Get session operational settings). */
export const SESSION_SETTINGS = [
	'account_protection',
	'read_incoming',
	'auto_reject_calls',
	'always_online',
	'ignore_groups',
	'ignore_broadcasts',
	'ignore_channels',
	'typing',
] as const;

/** Where a session's events go. A session has one such place (provider documentation). */
export interface WebhookConfig {
	targetUrl: string;
	events: string[];
	/** Never shown again. null for one that the control API put there without a secret. */
	signingSecret: string | null;
	isActive: boolean;
}

/** A line of the list of webhook deliveries. Its fields are inferred. */
interface WebhookDelivery {
	delivery_id: string;
	event_id: string;
	event: string;
	status: 'delivered' | 'failed';
	attempt: number;
	response_status: number | null;
	created_at: string;
}

export interface Session extends DeviceInfo {
	phoneNumber: string | null;
	createdAt: string;
	updatedAt: string;
	/** The session-scoped key; null once it is revoked. */
	key: string | null;
	settings: Record<string, boolean>;
	/** The text of its QR code. */
	qr: string;
	webhook: WebhookConfig | null;
	deliveries: WebhookDelivery[];
	logs: LogEntry[];
}

/** A line of the message logs. That it names the chat is the API reference's; its other fields are inferred. */
export interface LogEntry {
	id: string;
	direction: 'incoming' | 'outgoing';
	remote_jid: string;
	kind: string;
	text: string | null;
	created_at: string;
}

export interface Contact {
	phone: string;
	name: string;
	blocked: boolean;
}

export interface Group {
	id: string;
	subject: string;
	inviteCode: string;
	isMember: boolean;
	settings: Record<string, unknown>;
	participants: { id: string; admin: 'admin' | 'superadmin' | null }[];
}

/** Shows which key it is without showing it. */
export function fingerprint(key: string): string {
	return createHash('sha256').update(key).digest('hex').slice(0, 16);
}

/** The text of a QR code, in the form WhatsApp's own have. */
export function qrText(count: number): string {
	const part = (letter: string): string => `${letter.repeat(42)}${count}=`;
	return `2@${part('W')},${part('A')},${part('P')},${part('I')}`;
}

/** A phone number as WhatsApp writes it. */
export function userJid(number: string): string {
	return `${number}@s.whatsapp.net`;
}

/** A session as a new one starts; `index` counts from 1 and makes older ones of higher ones. */
export function newSession(id: string, index: number, part: Partial<Session> = {}): Session {
	const createdAt = new Date(Date.UTC(2026, 4, 1) - index * 3_600_000).toISOString();
	return {
		id,
		name: `Branch ${index}`,
		status: 'pending',
		phoneNumber: null,
		createdAt,
		updatedAt: createdAt,
		key: null,
		settings: Object.fromEntries(SESSION_SETTINGS.map((name) => [name, false])),
		qr: qrText(index),
		webhook: null,
		deliveries: [],
		logs: [],
		...part,
	};
}

export function seedSessions(): Session[] {
	const { connected, disconnected, pending } = wapioAccount.sessions;
	const { sessionKey, otherSessionKey, channel, sender } = wapioAccount;
	const logs: LogEntry[] = [
		logEntry(1, 'incoming', channel, 'Good morning, channel'),
		logEntry(2, 'incoming', userJid(sender.number), 'Is the shop open?'),
		logEntry(3, 'outgoing', userJid(sender.number), 'Yes, until six.'),
	];
	return [
		newSession(connected, 1, {
			name: 'Shop',
			status: 'connected',
			phoneNumber: '212611111111',
			key: sessionKey,
			logs,
			deliveries: seedDeliveries(),
		}),
		newSession(disconnected, 2, {
			name: 'Support',
			status: 'disconnected',
			phoneNumber: '212622222222',
			key: otherSessionKey,
		}),
		newSession(pending, 3, { name: 'New Branch' }),
	];
}

/** As many as needed for lists of several pages, in addition to those with a name. */
export function moreSessions(count: number): Session[] {
	return Array.from({ length: count }, (_, index) =>
		newSession(`bps_sess_ws_${String(index + 1001).padStart(24, '0')}`, index + 10),
	);
}

/** 130 of them: more than one page holds. Every tenth failed. */
function seedDeliveries(): WebhookDelivery[] {
	return Array.from({ length: 130 }, (_, index) => {
		const number = String(130 - index).padStart(6, '0');
		const isFailed = index % 10 === 9;
		return {
			delivery_id: `bps_whd_${number}`,
			event_id: `bps_evt_${number}`,
			event: 'messages.received',
			status: isFailed ? 'failed' : 'delivered',
			attempt: isFailed ? 3 : 1,
			response_status: isFailed ? 500 : 200,
			created_at: new Date(Date.UTC(2026, 4, 2) - index * 60_000).toISOString(),
		};
	});
}

export function logEntry(
	count: number,
	direction: LogEntry['direction'],
	remoteJid: string,
	text: string | null,
	kind = 'text',
): LogEntry {
	const created_at = new Date(Date.UTC(2026, 4, 2) + count * 60_000).toISOString();
	return {
		id: `bps_log_${String(count).padStart(6, '0')}`,
		direction,
		remote_jid: remoteJid,
		kind,
		text,
		created_at,
	};
}

export function seedContacts(): Contact[] {
	const names = ['Amina', 'Youssef', 'Salma', 'Omar', 'Imane', 'Karim', 'Nadia'];
	return Array.from({ length: 25 }, (_, index) => ({
		phone: String(212_600_000_001 + index),
		name: index < names.length ? (names[index] ?? '') : `${names[index % names.length]} ${index + 1}`,
		blocked: false,
	}));
}

export function seedGroups(): Group[] {
	const { groups, inviteCodes } = wapioAccount;
	const group = (name: keyof typeof groups, subject: string): Group => ({
		id: groups[name],
		subject,
		inviteCode: inviteCodes[name],
		isMember: name !== 'outside',
		settings: { announce: false, restrict: false },
		participants: [
			{ id: userJid('212611111111'), admin: 'superadmin' },
			{ id: userJid('212600000002'), admin: 'admin' },
			{ id: userJid('212600000003'), admin: null },
		],
	});
	return [group('family', 'Family'), group('team', 'Team & Friends'), group('outside', 'Neighbours')];
}
