import { pick, seededRandom } from '../../random';
import type { DeviceInfo } from '../../types';

/** The account to test with. The keys are made up; the forms of ids and numbers are the API reference's. */
export const chataloAccount = {
	publicKey: 'sandbox-public-key',
	secretKey: 'sandbox-secret-key',
	/** Ids of the three devices, named after the status they start with. */
	devices: {
		authenticated: 'c7276ae0-c306-4896-8fda-000000000001',
		disconnected: '5333e99a-ed4e-40ab-8dfc-000000000002',
		connecting: '9b1f6c52-7d3a-4c0e-a1b4-000000000003',
	},
	/** Check Number answers `exists: false` for these, and nothing sent to them arrives. */
	notOnWhatsApp: ['6281299990001', '6281299990002', '6281299990003'],
	/** The contact without a profile picture. */
	withoutPicture: '6281200000002',
} as const;

/** The statuses a device can have (API reference, Get Profile). Only AUTHENTICATED devices can be used. */
export const DEVICE_STATUSES = ['AUTHENTICATED', 'CONNECTED', 'CONNECTING', 'DISCONNECTED', 'DISCONNECTING'] as const;

export interface Device extends DeviceInfo {
	whatsappNumber: string;
}

export interface Contact {
	number: string;
	name: string;
}

export interface Group {
	id: string;
	name: string;
	desc: string | null;
	owner: string;
	creation: number;
	restrict: boolean;
	announce: boolean;
	participants: { number: string; admin: 'admin' | 'superadmin' | null }[];
}

export interface LogEntry {
	id: string;
	/** In the time zone of the account, whichever that is: the API reference names none. */
	at: Date;
	action: string;
	ipAddress: string;
	browser: string;
}

const FIRST_NAMES = [
	'Arik',
	'Angga',
	'Zumy',
	'Miftah',
	'Ramdani',
	'Ellysia',
	'Edo',
	'Hendy',
	'Fiyas',
	'Fizza',
	'Fani',
	'Jeki',
	'Burhan',
];
const ACTIONS = [
	'Update API Key',
	'Login',
	'Logout',
	'Connect Device',
	'Disconnect Device',
	'Set Webhook',
	'Update Profile',
];
const IP_ADDRESSES = ['172.20.0.1', '203.0.113.7', '198.51.100.24'];
const BROWSER =
	'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36';

export function seedDevices(): Device[] {
	const { authenticated, disconnected, connecting } = chataloAccount.devices;
	return [
		{ id: authenticated, name: 'Andi - CS', whatsappNumber: '6285170000001', status: 'AUTHENTICATED' },
		{ id: disconnected, name: 'Dita - CS', whatsappNumber: '6285170000002', status: 'DISCONNECTED' },
		{ id: connecting, name: 'Rina - Sales', whatsappNumber: '6285170000003', status: 'CONNECTING' },
	];
}

/** 120 contacts: eight full pages of 15. */
export function seedContacts(): Contact[] {
	return Array.from({ length: 120 }, (_, index) => ({
		number: `62812${String(index + 1).padStart(8, '0')}`,
		name: `${FIRST_NAMES[index % FIRST_NAMES.length]} ${index + 1}`,
	}));
}

/** 35 groups, by turns with an id of the old form (`<number>-<seconds>`) and of the new (`1203630…`). */
export function seedGroups(contacts: readonly Contact[]): Group[] {
	const random = seededRandom(1);
	return Array.from({ length: 35 }, (_, index) => {
		const owner = pick(contacts, random).number;
		const creation = 1_500_000_000 + index * 4_000_000;
		const members = new Set([owner]);
		while (members.size < 2 + (index % 25)) members.add(pick(contacts, random).number);
		return {
			id: index % 2 === 0 ? `${owner}-${creation}` : `1203630${String(20_000_000_000 + index * 7_654_321)}`,
			name: `GROUP ${index + 1}`,
			desc: index % 3 === 0 ? null : `About group ${index + 1}`,
			owner,
			creation,
			restrict: index % 4 === 0,
			announce: index % 10 === 9,
			participants: [...members].sort().map((number, place) => ({
				number,
				admin: number === owner ? 'superadmin' : place === 0 ? 'admin' : null,
			})),
		};
	});
}

/** 60 entries, newest first as in the example answer. */
export function seedLogs(): LogEntry[] {
	const random = seededRandom(2);
	let at = Date.UTC(2023, 6, 20, 11, 35, 4);
	return Array.from({ length: 60 }, (_, index) => {
		const entry: LogEntry = {
			id: `b99bc973-95ce-4a55-868f-${String(index + 1).padStart(12, '0')}`,
			at: new Date(at),
			action: pick(ACTIONS, random),
			ipAddress: pick(IP_ADDRESSES, random),
			browser: BROWSER,
		};
		at -= Math.ceil(random() * 5 * 60 * 60) * 1000;
		return entry;
	});
}
