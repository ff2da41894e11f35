import { createHash } from 'node:crypto';
import { idempotencyKeyProperty } from '../shared/messaging/fields/options';
import { FieldRefusal, type ItemReader, type ReadParameter } from '../shared/operations/define/field';
import { textOf } from '../shared/text';
import { allCapabilities } from './gateways';
import type { Way } from './ways';

/** Where the key of a message stands among the node's parameters. It is no provider's own option of the same name. */
export const KEY_PATH = 'options.idempotencyKey';

const LONGEST = 255;

const keyed = allCapabilities.filter(({ keys }) => keys !== undefined);

/** The providers that know keys, as a list in words: "Chategy and Wapio". */
const keyedNames = new Intl.ListFormat('en').format(keyed.map(({ gateway }) => gateway.api.displayName));

const needs = keyed.flatMap(({ gateway: { api }, keys }) =>
	keys?.needs === undefined ? [] : `${api.displayName} needs ${keys.needs}. `,
);

/** The option to set a message's idempotency key by hand. */
export const keyOption = idempotencyKeyProperty({
	description: `${keyedNames} send only one message with the same key through the same phone, in later executions, too. ${needs.join('')}Providers without idempotency keys ignore it. Leave empty to let the node create a key for each item, which stays the same on Retry On Fail.`,
});

/**
 * The key that the user chose for an item's message.
 *
 * @returns empty if there is none: then the message's place is its key
 * @throws FieldRefusal if it is too long to be meant
 */
export function chosenKey(parameter: ReadParameter): string {
	const key = textOf(parameter(KEY_PATH)).trim();
	if (key.length <= LONGEST) return key;
	throw new FieldRefusal(KEY_PATH, `use at most ${LONGEST} characters`);
}

/**
 * An item whose messages have the chosen key. What a provider gets is made of it: in the provider's form, one for each part
 * of a text, and another one for each phone, because a provider may answer a key that it knows with what it answered there.
 * The credential's secrets are no part of it, so that a new API key does not send again. It stays the same after a refusal:
 * another one would let a later execution send what this one sent.
 */
export function withKey(item: ItemReader, chosen: string, way: Way): ItemReader {
	if (chosen === '') return item;
	return {
		...item,
		key: (part = 0) =>
			createHash('sha256')
				.update(JSON.stringify([chosen, way.capabilities.provider, way.phone, part]))
				.digest('hex'),
	};
}

/** Whether the account of a way recognizes what it has accepted before. */
export function isKeyed({ capabilities: { keys }, client }: Way): boolean {
	return keys?.isOn(client.credential) ?? false;
}

/**
 * Refuses a key that would change nothing.
 *
 * @throws FieldRefusal if none of the ways knows keys
 */
export function refuseIdleKey(chosen: string, ways: readonly Way[]): void {
	if (chosen === '' || ways.some(isKeyed)) return;
	const lacking = ways.find(({ capabilities }) => capabilities.keys?.needs !== undefined)?.capabilities;
	const message = lacking
		? `it would do nothing: ${lacking.gateway.api.displayName} needs ${lacking.keys?.needs}`
		: `it would do nothing: none of the chosen providers has idempotency keys. Remove the option, or add ${keyedNames}`;
	throw new FieldRefusal(KEY_PATH, message);
}

/** For the end of a run: the providers that sent messages whatever their keys were; undefined if there is none. */
export function ignoredNotice(names: ReadonlySet<string>): string | undefined {
	if (names.size === 0) return undefined;
	const list = new Intl.ListFormat('en').format(names);
	return `${list} ignored the Idempotency Key: a message that was sent there is sent again if its key is used again.`;
}
