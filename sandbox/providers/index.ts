import { balesOtomatis } from './balesotomatis/provider';
import { chatalo } from './chatalo/provider';
import { chategy } from './chategy/provider';
import { wapio } from './wapio/provider';
import { whacenter } from './whacenter/provider';

/** The providers the sandbox plays. To add one, add a folder next to this file and a line here. */
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
