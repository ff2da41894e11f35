import type { IExecuteFunctions } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import type { GatewayClient } from '../shared/http/client';
import type { Capabilities, Job, Service } from '../shared/messaging/capabilities';
import { FieldRefusal, type ItemReader, type ReadParameter } from '../shared/operations/define/field';
import type { BatchOptions } from '../shared/operations/define/batchOptions';
import type { Operation } from '../shared/operations/define/operation';
import { isObject } from '../shared/object';
import { clientFor } from '../shared/operations/n8n/context';
import { Pace } from '../shared/operations/run/pace';
import { SendMemory } from '../shared/operations/run/sendMemory';
import { textOf } from '../shared/text';
import { type Answered, EVENT_FIELD } from './event';
import { KEY_PATH } from './keys';
import { capabilitiesOf, displayNameOf, groupParameter, sendersParameter } from './gateways';

/** One way to the recipient: an account, and a phone of it where it has several. */
export interface Way {
	capabilities: Capabilities;
	client: GatewayClient;
	/** What the provider calls the phone; absent for the credential's own. */
	sender?: string;
	/** The same, or the credential's own phone; empty where the credential names none. */
	phone: string;
	/** Which of the chosen phones it is, from 1; absent where one or none was chosen. */
	senderNumber?: number;
	/** Absent for what sends nothing. */
	memory?: SendMemory;
	pace?: Pace;
	/** Identifies account and phone, whatever their place in the node, without giving them away. */
	name: string;
	/** The way over another phone of the same account. */
	over: (sender: string | undefined) => Way;
}

/**
 * The ways of a run in their order, from the providers and phones that are chosen in the node. They hold for all items.
 *
 * @throws FieldRefusal if none is chosen
 */
export async function waysOf(
	context: IExecuteFunctions,
	operation: Operation,
	parameter: ReadParameter,
	{ pause, isReply }: { pause: BatchOptions['pause']; isReply: boolean },
): Promise<Way[]> {
	const written = parameter('providers');
	const names = [
		...new Set((Array.isArray(written) ? written : [written]).map(textOf).filter((name) => name !== '')),
	];
	if (names.length === 0) throw new FieldRefusal('providers', 'choose at least one provider');
	const ways = await Promise.all(
		names.map(async (name) => {
			const capabilities = capabilitiesOf(name);
			if (!capabilities) throw new FieldRefusal('providers', `"${name}" is not a provider. Choose from the list`);
			const over = await accountOf(context, operation, capabilities, pause);
			const senders = isReply ? [undefined] : sendersOf(capabilities, parameter);
			return senders.map((sender, index) => ({
				...over(sender),
				senderNumber: senders.length > 1 ? index + 1 : undefined,
			}));
		}),
	);
	const chosen = ways.flat();
	const clients = [...new Set(chosen.map(({ client }) => client))];
	for (const client of clients) client.hideThoseOf(clients.filter((other) => other !== client));
	return chosen;
}

/** The ways over an account, by its phones; the same one each time for the same phone. */
async function accountOf(
	context: IExecuteFunctions,
	operation: Operation,
	capabilities: Capabilities,
	pause: BatchOptions['pause'],
): Promise<Way['over']> {
	const { gateway, provider, senders } = capabilities;
	const { displayName, credentialType } = gateway.api;
	if (context.getNode().credentials?.[credentialType] === undefined) {
		throw new FieldRefusal('providers', `select a credential for ${displayName}, or remove ${displayName}`);
	}
	const client = await clientFor(context, gateway.api, context.getExecutionCancelSignal());
	const { account, credential } = client;
	const { isBound = false, effect } = operation;
	// All phones of an account keep one pace: its limit counts them together.
	const pace = effect === 'send' && pause ? new Pace(client, pause) : undefined;
	const known = new Map<string, Way>();
	const over = (sender: string | undefined): Way => {
		const usual =
			senders?.credentialDefault === undefined ? '' : textOf(credential[senders.credentialDefault]).trim();
		const phone = sender ?? usual;
		const place = [provider, account, phone];
		const name = createHash('sha256').update(JSON.stringify(place)).digest('base64url').slice(0, 22);
		const found = known.get(name);
		if (found) return found;
		const memory =
			effect === 'send'
				? new SendMemory(context, {
						provider: gateway.api.displayName,
						account,
						isBound,
						hasSecrets: client.hasSecrets.bind(client),
						way: name,
					})
				: undefined;
		const way: Way = { capabilities, client, pace, sender, phone, name, memory, over };
		known.set(name, way);
		return way;
	};
	return over;
}

/**
 * Says that the phones are chosen for all items.
 *
 * @throws FieldRefusal if an item chooses others
 */
export function refuseOtherSenders(ways: Way[], first: ReadParameter, item: ReadParameter): void {
	for (const { capabilities } of ways) {
		const name = sendersParameter(capabilities);
		if (name === undefined || JSON.stringify(first(name)) === JSON.stringify(item(name))) continue;
		const message =
			'the expression returns something else for this item than for the first one. The order holds for all items: use one node for each, or a Loop Over Items node';
		throw new FieldRefusal(name, message);
	}
}

/** The chosen phones; one undefined for the credential's own. */
function sendersOf(capabilities: Capabilities, parameter: ReadParameter): Array<string | undefined> {
	const name = sendersParameter(capabilities);
	if (name === undefined) return [undefined];
	const written = parameter(name);
	const chosen = [...new Set([written].flat().map((value) => textOf(value).trim()))].filter((id) => id !== '');
	if (chosen.length > 0) return chosen;
	const { senders, gateway } = capabilities;
	if (senders?.credentialDefault !== undefined || !senders) return [undefined];
	const one = senders.displayName.toLowerCase();
	throw new FieldRefusal(name, `choose at least one ${one}; ${gateway.api.displayName} credentials have no default`);
}

/**
 * The provider's operation for a job.
 *
 * @throws FieldRefusal that names the provider if it cannot do it
 */
export function serviceOn({ capabilities }: Way, job: Job): Service {
	const service = capabilities.serviceFor(job);
	if (service) return service;
	const { displayName } = capabilities.gateway.api;
	throw new FieldRefusal('providers', `${displayName} cannot ${describe(job)}. Remove it, or ${alternative(job)}`);
}

function describe(job: Job): string {
	switch (job.kind) {
		case 'text':
			return `write to ${job.to === 'group' ? 'groups' : 'people'}`;
		case 'question':
			return 'wait for a response';
		case 'numberCheck':
			return 'check numbers';
		case 'file':
			if (job.to === 'group' && job.source === 'binary') return 'send a file from a binary field to a group';
			if (job.to === 'group') return 'send a file to a group by its URL';
			return job.source === 'binary' ? 'send a file from a binary field' : 'send a file by its URL';
	}
}

function alternative(job: Job): string {
	if (job.kind === 'file') return `choose another way under File From or Send To`;
	return job.to === 'group' ? 'send to a person' : 'choose another provider';
}

/**
 * The way back to a chat, and the provider's operation that takes it.
 *
 * @throws FieldRefusal if its provider is not chosen in the node, or cannot write there
 */
export function wayBack(ways: Way[], to: Answered): { way: Way; service: Service } {
	const way = ways.find(({ capabilities }) => capabilities.provider === to.provider);
	const name = displayNameOf(to.provider);
	if (!way)
		throw new FieldRefusal('providers', `the message came in through ${name}. Add ${name} and its credential`);
	const service = way.capabilities.replyTo(to);
	if (service) return { way: way.over(to.device ?? undefined), service };
	throw new FieldRefusal(EVENT_FIELD, `${name} cannot write to ${to.isGroup ? 'groups' : 'chats'} of ${to.channel}`);
}

/** The item as a provider's operation reads it: its parameters by the provider's names. */
export function readerFor(item: ItemReader, { capabilities, sender }: Way, { parameters = {} }: Service): ItemReader {
	const { senders, groups } = capabilities;
	const parameter: ReadParameter = (name) => {
		const given = parameters[name];
		if (given) return valueOf(given, item, sender);
		if (name === senders?.parameter) return sender;
		if (name === groups?.parameter) return item.parameter(groupParameter(capabilities));
		// It counts for every provider, and not as the option that one of them has under this name.
		if (name === KEY_PATH) return undefined;
		// Options are read as a whole; some of their values come from other fields.
		if (name === 'options') return optionsFor(item, parameters, sender);
		return item.parameter(name);
	};
	return { ...item, parameter };
}

type Given = NonNullable<Service['parameters']>[string];

function valueOf(given: Given, item: ItemReader, sender: string | undefined): unknown {
	if (given === 'sender') return sender;
	return 'value' in given ? given.value : item.parameter(given.from);
}

function optionsFor(item: ItemReader, parameters: Record<string, Given>, sender: string | undefined): unknown {
	const own = item.parameter('options');
	// The provider's own operation refuses what is no object.
	if (!isObject(own) && own !== null && own !== undefined) return own;
	const added = Object.entries(parameters).filter(([name]) => name.startsWith('options.'));
	const values = added.map(([name, given]) => [name.slice('options.'.length), valueOf(given, item, sender)]);
	const kept = Object.entries(own ?? {}).filter(([name]) => `options.${name}` !== KEY_PATH);
	return Object.fromEntries([...kept, ...values]) as unknown;
}

/** A refusal by a provider's operation, with the field as the routing node calls it and the provider that refuses. */
export function asRouted(error: unknown, way: Way, { parameters = {} }: Service, isReply: boolean): unknown {
	if (!(error instanceof FieldRefusal)) return error;
	const { capabilities } = way;
	const { senders, groups, gateway } = capabilities;
	const [root = ''] = error.property.split('.');
	const given = parameters[error.property] ?? parameters[root];
	const isSender = given === 'sender' || error.property === senders?.parameter;
	if (isReply && (isSender || (typeof given === 'object' && 'value' in given))) {
		const part = isSender ? 'device' : 'chat.address';
		return new FieldRefusal(EVENT_FIELD, `${gateway.api.displayName} cannot use its ${part}: ${error.problem}`);
	}
	const name = typeof given === 'object' && 'from' in given ? given.from : error.property;
	const property = isSender
		? (sendersParameter(capabilities) ?? name)
		: name === groups?.parameter
			? groupParameter(capabilities)
			: name;
	return new FieldRefusal(property, `${error.problem} (required by ${gateway.api.displayName})`);
}
