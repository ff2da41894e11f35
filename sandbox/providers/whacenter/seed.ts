import type { DeviceInfo, ScheduledMessage } from '../../types';

/** The account to test with. A device id is the only key there is; these are made up, of 32 hex digits like real ones. */
export const whacenterAccount = {
	/** Ids of the three devices, named after the state they start in. */
	devices: {
		connected: '5a0db0c5000000000000000000000001',
		/** Its QR code ran out: it has to be logged in again (Relog Device) before there is another. */
		timedOut: '5a0db0c5000000000000000000000002',
		/** Shows a QR code that waits to be scanned. */
		waiting: '5a0db0c5000000000000000000000003',
	},
	/** The groups of each device. Whacenter knows them by name. */
	groups: ['Keluarga', 'Tim Sales', 'Promo & Diskon 50%'],
	/** Who writes in the events. */
	sender: { name: 'Ahmad', number: '6281200000001' },
} as const;

/** `status` is what the API says; only these two occur in the API reference. */
export const DEVICE_STATUSES = ['CONNECTED', 'NOT CONNECTED'] as const;

export interface Device extends DeviceInfo {
	nomor: string;
	/** `done`, `timeout`, or the text of a QR code. */
	qr: string;
	/** The registered address; empty when there is none. */
	webhook: string;
}

/** A message that waits for its time, with the device it goes out from. */
export interface Waiting extends ScheduledMessage {
	device: string;
}

/** The text of a QR code, in the form of the API reference's second answer to Info Device. */
export function qrText(count: number): string {
	const part = (letter: string): string => `${letter.repeat(42)}${count}=`;
	return `2@${part('A')},${part('B')},${part('C')},${part('D')}`;
}

export function seedDevices(): Device[] {
	const { connected, timedOut, waiting } = whacenterAccount.devices;
	return [
		{ id: connected, name: 'Toko Utama', nomor: '6285170000011', status: 'CONNECTED', qr: 'done', webhook: '' },
		{ id: timedOut, name: 'Gudang', nomor: '6285170000012', status: 'NOT CONNECTED', qr: 'timeout', webhook: '' },
		{ id: waiting, name: 'Kasir', nomor: '083894900013', status: 'NOT CONNECTED', qr: qrText(1), webhook: '' },
	];
}
