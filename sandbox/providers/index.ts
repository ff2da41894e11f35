import { balesOtomatis } from './balesotomatis';
import { chatalo } from './chatalo';
import { chategy } from './chategy';
import { wapio } from './wapio';
import { whacenter } from './whacenter';

/** The providers the sandbox plays. A further one is a file beside this one and a line here. */
export const providers = {
	chatalo,
	whacenter,
	balesOtomatis,
	chategy,
	wapio,
};

export type ProviderName = keyof typeof providers;

/** The events a provider can play. */
export type EventOf<Name extends ProviderName> = (typeof providers)[Name]['events'][number];

export function isProviderName(name: string): name is ProviderName {
	return Object.hasOwn(providers, name);
}
