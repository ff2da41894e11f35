import { pick, seededRandom } from '../../random';
import type { DeviceInfo } from '../../types';

/** The account to test with. Keys and ids are made up. */
export const balesOtomatisAccount = {
	apiKey: 'sandbox-bales-api-key',
	/** Number ids, named after the state they start in. */
	numbers: { connected: 'BO-sandbox0000000001', disconnected: 'BO-sandbox0000000002' },
	/** Licence of the one number on the WhatsApp Business API. */
	licenseKey: 'WB-sandbox-0001',
	businessNumber: '6285170000029',
	/** Validate Number says no for these. */
	notOnWhatsApp: ['6281299990001', '6281299990002'],
	/** Who wrote last more than 24 hours ago: only templates reach them. */
	outsideWindow: ['6281299990003'],
	/** Groups of the connected number, which is an admin of the first two only. */
	groups: { first: '120363322806000001', second: '120363322806000002', notAdmin: '120363322806000003' },
	/** The first contact list; the only one with more than one page of people. */
	longList: 'list-0001',
	/** Meta's ids of the templates, named after their state. */
	templates: {
		approved: '900000000000001',
		plain: '900000000000004',
		draft: '900000000000002',
		inReview: '900000000000003',
	},
	/** Who writes in the events. */
	sender: { name: 'Budi', number: '6281200000001' },
} as const;

export const DEVICE_STATUSES = ['connected', 'disconnected'] as const;

export interface Device extends DeviceInfo {
	whatsappNumber: string;
	/** What is pasted into the dashboard. */
	webhook: string | null;
}

/** A contact list ("contacts" in the API). */
export interface ContactList {
	id: string;
	name: string;
	audience: number;
	createdAt: number;
}

/** A person on a contact list. */
export interface Audience {
	id: string;
	name: string;
	waNumber: string;
	addedAt: number;
}

export interface Template {
	templateId: string;
	name: string;
	category: string;
	language: string;
	body: string;
	footer: string | null;
	header: unknown;
	buttons: unknown;
	status: 'APPROVED' | 'DRAFT' | 'IN_REVIEW' | 'REJECTED';
	createdAt: number;
}

export interface Group {
	id: string;
	name: string;
	isAdmin: boolean;
	members: string[];
}

const NAMES = ['Jono', 'Sari', 'Wati', 'Agus', 'Dewi', 'Rudi', 'Tono'];
const DAY_MS = 86_400_000;
const START = Date.UTC(2025, 7, 10, 14, 4);

const number = (index: number): string => `62812${String(index + 1).padStart(8, '0')}`;
const person = (index: number): string => `${NAMES[index % NAMES.length]} ${index + 1}`;

export function seedDevices(): Device[] {
	const { connected, disconnected } = balesOtomatisAccount.numbers;
	return [
		{ id: connected, name: 'CS', whatsappNumber: '6285170000021', status: 'connected', webhook: null },
		{ id: disconnected, name: 'Sales', whatsappNumber: '6285170000022', status: 'disconnected', webhook: null },
	];
}

/** 232 lists: more than two pages of 100. */
export function seedContactLists(): ContactList[] {
	return Array.from({ length: 232 }, (_, index) => ({
		id: `list-${String(index + 1).padStart(4, '0')}`,
		name: `List ${person(index)}`,
		audience: index === 0 ? 222 : 6,
		createdAt: START + index * DAY_MS,
	}));
}

export function seedAudiences({ audience, createdAt }: ContactList): Audience[] {
	return Array.from({ length: audience }, (_, index) => ({
		id: `aud-${index + 1}`,
		name: person(index),
		waNumber: number(index),
		addedAt: createdAt + index * 60_000,
	}));
}

export function seedGroups(): Group[] {
	const random = seededRandom(3);
	const { first, second, notAdmin } = balesOtomatisAccount.groups;
	const people = Array.from({ length: 40 }, (_, index) => number(index));
	return [first, second, notAdmin].map((id, index) => ({
		id,
		name: `Example Group ${index + 1}`,
		isAdmin: id !== notAdmin,
		members: Array.from({ length: 4 }, () => pick(people, random)),
	}));
}

/** 64 phone contacts. */
export function seedPhoneBook(): { name: string; number: string }[] {
	return Array.from({ length: 64 }, (_, index) => ({ name: person(index), number: number(index) }));
}

/** Two with the same name, one of them approved, as the dashboard leaves them behind when a draft is submitted again. */
export function seedTemplates(): Template[] {
	const { approved, draft, inReview, plain } = balesOtomatisAccount.templates;
	const base = { language: 'id', footer: null, header: null, buttons: [], createdAt: START };
	return [
		{
			...base,
			templateId: approved,
			name: 'order_confirmation',
			category: 'UTILITY',
			body: 'Halo {{1}}, pesanan {{2}} sudah dikirim.',
			status: 'APPROVED',
			header: { type: 'TEXT', content: 'Pesanan Anda' },
			buttons: [{ type: 'QUICK_REPLY', data: { label: 'Terima kasih' } }],
			createdAt: START + 2 * DAY_MS,
		},
		{
			...base,
			templateId: draft,
			name: 'order_confirmation',
			category: 'UTILITY',
			body: 'Halo {{1}}, pesanan {{2}}.',
			status: 'DRAFT',
		},
		{
			...base,
			templateId: inReview,
			name: 'promo',
			category: 'MARKETING',
			body: 'Promo untuk {{1}} hari ini.',
			status: 'IN_REVIEW',
		},
		{
			...base,
			templateId: plain,
			name: 'selamat_datang',
			category: 'MARKETING',
			body: 'Selamat datang!',
			status: 'APPROVED',
			createdAt: START + DAY_MS,
		},
	];
}
