import { type ProviderName, providers } from '../../providers';
import type { PhoneSide } from '../types';
import { balesOtomatis } from './balesotomatis';
import { chatalo } from './chatalo';
import { chategy } from './chategy';
import { wapio } from './wapio';
import { whacenter } from './whacenter';

const own: Readonly<Record<string, PhoneSide>> = { chatalo, whacenter, balesOtomatis, chategy, wapio };

/** A provider without a side of the phone: what it sends is shown, and the customer can do nothing. */
function plainSide(name: string): PhoneSide {
	return {
		label: name,
		acts: [],
		groupActs: [],
		ownActs: [],
		connected: 'connected',
		disconnected: 'disconnected',
		hasSlots: false,
		statuses: [],
		chats: () => [],
		play: () => ({ event: '', overrides: {} }),
		read: () => [],
		sent: ({ recipient, text }) => ({ chat: recipient, content: { kind: 'text', text } }),
	};
}

/** How the phone reads and writes each provider. */
export const sides = Object.fromEntries(
	Object.keys(providers).map((name) => [name, own[name] ?? plainSide(name)]),
) as Record<ProviderName, PhoneSide>;
