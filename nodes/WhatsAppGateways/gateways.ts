import { balesOtomatisCapabilities } from '../BalesOtomatis/balesotomatis.capabilities';
import { chataloCapabilities } from '../Chatalo/chatalo.capabilities';
import { chategyCapabilities } from '../Chategy/chategy.capabilities';
import type { Capabilities } from '../shared/messaging/capabilities';
import { wapioCapabilities } from '../Wapio/wapio.capabilities';
import { whacenterCapabilities } from '../Whacenter/whacenter.capabilities';

/** All providers, in alphabetical order; a further one is an import and an entry here. */
export const allCapabilities: Capabilities[] = [
	balesOtomatisCapabilities,
	chataloCapabilities,
	chategyCapabilities,
	wapioCapabilities,
	whacenterCapabilities,
];

/** @returns undefined for a name that is none of a provider */
export function capabilitiesOf(provider: unknown): Capabilities | undefined {
	return allCapabilities.find((each) => each.provider === provider);
}

/** A provider's name as users know it. */
export function displayNameOf(provider: string): string {
	return capabilitiesOf(provider)?.gateway.api.displayName ?? provider;
}

/** The parameter in which the routing node chooses between the phones of an account: `chataloDevices`. */
export function sendersParameter({ provider, senders }: Capabilities): string | undefined {
	return senders && `${provider}${senders.displayName}s`;
}

/** The parameter of the routing node that holds a provider's group: `chataloGroup`. */
export function groupParameter({ provider }: Capabilities): string {
	return `${provider}Group`;
}

/** Name of the method that lists the phones of an account: `getChataloDevices`. */
export function senderLoad(capabilities: Capabilities): string {
	return `get${capitalized(sendersParameter(capabilities) ?? '')}`;
}

/** Name of the method that searches the groups of an account: `searchChataloGroups`. */
export function groupSearch(capabilities: Capabilities): string {
	return `search${capitalized(groupParameter(capabilities))}s`;
}

function capitalized(name: string): string {
	return name.charAt(0).toUpperCase() + name.slice(1);
}
