import { createHash } from 'node:crypto';

/**
 * The account to test with: a developer with several instances, of which the first is the client whose token this is.
 * Keys and tokens are made up; their forms are the API reference's.
 */
export const chategyAccount = {
	/** The client's Bearer token: a JWT whose payload has `customer_id`. */
	accessToken: tokenOf(8143),
	/** For the `checksum` header of that client's requests. */
	idempotencyKey: 'Sb0xKey1',
	/** The developer's key, sent without "Bearer". */
	developerApiKey: 'sandbox-developer-api-key',
	/** Of the client the token belongs to. */
	customerId: 8143,
	/** Of the client the token belongs to. */
	senderNames: ['push8143', 'testname', 'CHATEGY.IO'],
	/** Replaces an unknown sender name. */
	defaultSenderName: 'CHATEGY.IO',
	/** Instances with special properties; many plain ones follow, to fill two pages of 100. */
	instances: {
		main: { id: 6329, customerId: 8143, externalId: '77777', email: 'main@example.com', phone: '995550000001' },
		/** Its subscription costs more than is left. */
		poor: { id: 6330, customerId: 27807, externalId: '0001', email: 'poor@example.com', phone: '995550000002' },
	},
	/** What Telegram sends to the phone, and its second step. Every phone number of 7 to 15 digits is accepted. */
	telegram: { code: '24680', password: 'sandbox-password' },
	/** What MAX sends to the phone. */
	max: { code: '848158' },
	/** The number the main instance's WhatsApp and Telegram run under. */
	ownPhone: '996453558974',
	/** Who writes when an event is played. */
	contact: { phone: '995555558974', lid: '48464478093451', name: 'Test', telegramId: 379163707, maxId: 51234567 },
	/** The chats of a played group message: WhatsApp's, and Telegram's, whose group ids are negative. */
	group: { whatsApp: '120363025246125486@g.us', telegram: -1001234567890 },
} as const;

/** How many plain instances there are in addition to the named ones. */
const PLAIN_INSTANCES = 118;

/** Telegram's authorization as the account shows it (API reference, developer's "Response Parameters"): the index is the code. */
export const TELEGRAM_STATES = ['wait_phone', 'wait_code', 'wait_password', 'authorized'] as const;

export type TelegramState = (typeof TELEGRAM_STATES)[number];

/** The channels a message can go over (API reference, delivery and "Cascading sending"). */
export const CHANNELS = ['sms', 'whatsapp', 'tdlib', 'telegram', 'notify', 'max'] as const;

export type Channel = (typeof CHANNELS)[number];

/** A client of the developer. The provider calls it an instance under the developer's key, and an account under its own token. */
export interface Instance {
	id: number;
	customerId: number;
	token: string;
	idempotencyKey: string;
	externalId: string | null;
	email: string;
	/** Digits only. */
	phone: string;
	/** What a message goes over that names no channel. */
	channels: Channel[];
	senderNames: readonly string[];
	renewSubscription: boolean;
	/** `YYYY-MM-DD`. */
	paidUntil: string;
	isActive: boolean;
	/** Per month, as a decimal text like `600.00`. */
	cost: string;
	/** What is left, as a decimal text. */
	balance: string;
	telegram: TelegramState;
	isWhatsAppAuthorized: boolean;
	/** 0 awaits a number, 1 a code, 2 is authorized: of the provider's codes for MAX those that its REST calls lead to. */
	max: 0 | 1 | 2;
	utmMarks: string[];
	/** The `external_id`s that came with a checksum. */
	seen: Set<string>;
}

type InstanceFields = Pick<Instance, 'id' | 'customerId' | 'email' | 'phone'> & Partial<Instance>;

/** A newly created instance; given values override its own. */
export function newInstance(fields: InstanceFields): Instance {
	return {
		token: tokenOf(fields.customerId),
		idempotencyKey: createHash('sha256').update(`idempotency ${fields.customerId}`).digest('base64url').slice(0, 8),
		externalId: null,
		channels: ['sms'],
		senderNames: [chategyAccount.defaultSenderName],
		renewSubscription: true,
		paidUntil: '2025-10-09',
		isActive: false,
		cost: '600.00',
		balance: '0.00',
		telegram: 'wait_phone',
		isWhatsAppAuthorized: false,
		max: 0,
		utmMarks: [],
		seen: new Set(),
		...fields,
	};
}

export function seedInstances(): Instance[] {
	const { main, poor } = chategyAccount.instances;
	return [
		newInstance({
			...main,
			idempotencyKey: chategyAccount.idempotencyKey,
			senderNames: chategyAccount.senderNames,
			paidUntil: '2035-07-01',
			isActive: true,
			cost: '100.00',
			balance: '780.70',
			telegram: 'authorized',
			isWhatsAppAuthorized: true,
		}),
		newInstance({ ...poor, renewSubscription: false, cost: '1999.00', balance: '12.50' }),
		...Array.from({ length: PLAIN_INSTANCES }, (_, index) => {
			const number = index + 1;
			return newInstance({
				id: 7000 + number,
				customerId: 30000 + number,
				externalId: `shop-${number}`,
				email: `shop-${number}@example.com`,
				phone: `99556${String(number).padStart(7, '0')}`,
				balance: '5000.00',
			});
		}),
	];
}

/** A made-up token in the form of the API reference's: the payload can be read, the signature signs nothing. */
export function tokenOf(customerId: number): string {
	const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	const signature = createHash('sha256').update(`sandbox token ${customerId}`).digest('base64url');
	return `${part({ alg: 'HS256' })}.${part({ customer_id: customerId, datetime: 1600720590 })}.${signature}`;
}
