import { type IDataObject, type IHookFunctions, type INodeType, NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { GatewayApi } from '../../http/gatewayApi';
import { GatewayError } from '../../http/gatewayError';
import { clientFor } from '../../operations/n8n/context';
import { explainRefusal, operationError, toNodeError } from '../../operations/n8n/errors';
import { parametersOf } from '../../operations/n8n/parameters';
import { FieldRefusal, type ReadParameter } from '../../operations/define/field';
import { apiOf, type GatewayTrigger, type ManySlots, type OneSlot, type Registration } from '../definition';
import { requireOwnIds } from '../ownIds';
import { propertiesOfTrigger } from '../properties';
import { requireUsableFilter } from '../receive/filter';
import { countryOfEntries, secretFor } from './credential';
import { type Claim, isRegistered, register, type Slot, SlotRefusal, unregister } from './oneSlot';
import { forRemoval, removeInTime } from './removal';
import { addressToRegister, ownership } from './webhookAddress';
import { registerUnseen, unregisterUnseen, type WriteOnlySlot } from './writeOnlySlot';

type WebhookMethods = NonNullable<INodeType['webhookMethods']>;

/** The three calls by which n8n asks a trigger to look, register and clean up, for every kind of registration. */
export function webhookLifecycle(trigger: GatewayTrigger): WebhookMethods {
	const { registration } = trigger;
	switch (registration.kind) {
		case 'oneSlot':
			return methods(trigger, oneSlotLifecycle(trigger, registration));
		case 'manySlots':
			return methods(trigger, {
				checkExists: async (context) => (await ownEntries(context, trigger, registration)).upToDate,
				create: async (context) => await addEntry(context, trigger, registration),
				delete: async (context, signal) => await removeEntries(context, trigger, registration, signal),
			});
		case 'byHand':
			return methods(trigger, {
				checkExists: async (context) => {
					parametersToUse(context, trigger);
					return true;
				},
				create: async () => undefined,
				delete: async () => undefined,
			});
	}
}

interface Lifecycle {
	checkExists: (context: IHookFunctions) => Promise<boolean>;
	create: (context: IHookFunctions) => Promise<void>;
	/** @param signal ends it; absent after a `create` that failed, whose error is what the user should get to see */
	delete: (context: IHookFunctions, signal?: AbortSignal) => Promise<void>;
}

function oneSlotLifecycle(trigger: GatewayTrigger, registration: OneSlot): Lifecycle {
	return {
		checkExists: async (context) => {
			const { slot, claim, read } = await slotOf(context, trigger, registration);
			// Where nothing can be seen, publishing again writes again, which repairs a slot that was changed elsewhere.
			return read !== undefined && (await isRegistered({ ...slot, read }, claim));
		},
		create: async (context) => {
			const { slot, claim, read } = await slotOf(context, trigger, registration);
			if (read) await register({ ...slot, read }, claim);
			else await registerUnseen(slot, claim, context.getWorkflowStaticData('node'));
		},
		delete: async (context, signal) => {
			const { slot, claim, read } = await slotOf(context, trigger, registration, signal);
			if (read) await unregister({ ...slot, read }, claim);
			else await unregisterUnseen(slot, claim, context.getWorkflowStaticData('node'));
		},
	};
}

function methods(trigger: GatewayTrigger, lifecycle: Lifecycle): WebhookMethods {
	const run = async (context: IHookFunctions, step: 'checkExists' | 'create'): Promise<boolean> => {
		const attempt = context.getWorkflowStaticData('node');
		try {
			await requireUsable(context, trigger);
			const result = (await lifecycle[step](context)) ?? true;
			failed.delete(attempt);
			return result;
		} catch (error) {
			failed.add(attempt);
			throw asNodeError(context, error, trigger);
		}
	};
	const remove = async (context: IHookFunctions): Promise<boolean> => {
		// Whatever is wrong with the options, a workflow can be unpublished.
		const isCleanUp = failed.delete(context.getWorkflowStaticData('node'));
		try {
			if (isCleanUp) await lifecycle.delete(context);
			else {
				const provider = providerOf(context, trigger);
				await removeInTime(context, provider, async (signal) => await lifecycle.delete(context, signal));
			}
			return true;
		} catch (error) {
			throw asNodeError(context, error, trigger);
		}
	};
	return {
		default: {
			async checkExists(this: IHookFunctions) {
				return await run(this, 'checkExists');
			},
			async create(this: IHookFunctions) {
				return await run(this, 'create');
			},
			async delete(this: IHookFunctions) {
				return await remove(this);
			},
		},
	};
}

/**
 * Refuses options that could only fail later, when messages come and no user is watching.
 *
 * @throws FieldRefusal
 */
async function requireUsable(context: IHookFunctions, trigger: GatewayTrigger): Promise<void> {
	const parameter = parametersToUse(context, trigger);
	requireUsableFilter(parameter, await countryOfEntries(context, trigger, parameter));
	await requireOwnIds(context, trigger, parameter);
}

/**
 * Attempts to register that failed, by the data that n8n keeps for one: `delete` follows at once and again after each of
 * five tries, which together must not use up n8n's time, or the user never learns why publishing failed.
 */
const failed = new WeakSet<IDataObject>();

/** Its name, even where the node's fields cannot be read. */
function providerOf(context: IHookFunctions, trigger: GatewayTrigger): string {
	try {
		return apiOf(trigger, parametersOf(context, propertiesOfTrigger(trigger))).displayName;
	} catch {
		return trigger.provider;
	}
}

function asNodeError(context: IHookFunctions, error: unknown, trigger: GatewayTrigger): Error {
	// Where a trigger is published or listened with, n8n shows the message alone: the remedy has to be part of it.
	if (error instanceof SlotRefusal) {
		return operationError(context.getNode(), `${error.message}. ${error.advice}`);
	}
	if (error instanceof FieldRefusal) {
		const { message } = explainRefusal(error, propertiesOfTrigger(trigger));
		return operationError(context.getNode(), `${message}. Nothing was changed.`);
	}
	if (error instanceof GatewayError) {
		const nodeError = toNodeError(error, { node: context.getNode(), effect: 'change', properties: [] });
		nodeError.message = `${nodeError.message}. ${nodeError.description ?? ''}`;
		nodeError.description = undefined;
		return nodeError;
	}
	return error instanceof NodeApiError || error instanceof NodeOperationError
		? error
		: new NodeOperationError(context.getNode(), error instanceof Error ? error : String(error));
}

/** A node's slot and its side of it. */
interface BoundSlot {
	slot: WriteOnlySlot;
	claim: Claim;
	/** Undefined if the provider cannot show the address. */
	read: Slot['read'] | undefined;
}

async function slotOf(
	context: IHookFunctions,
	trigger: GatewayTrigger,
	oneSlot: OneSlot,
	signal?: AbortSignal,
): Promise<BoundSlot> {
	const { api, client, parameter, base, secret } = await bind(context, trigger, signal);
	const credential = await context.getCredentials(api.credentialType);
	const registration = (url?: string): Registration => ({
		secret,
		credential: (name) => credential[name],
		isOwn: url !== undefined && ['same', 'otherMode'].includes(ownership(url, base)),
	});
	const { owner, read, write, clear } = oneSlot;
	const slot: WriteOnlySlot = {
		owner,
		ownerName: ownerName(context, api, oneSlot.ownerId?.(parameter, registration())),
		provider: api.displayName,
		write: async (url) => await write(client, url, parameter, registration(url)),
		clear: async () => await clear(client, parameter, registration()),
	};
	const { id, name } = context.getWorkflow();
	const claim: Claim = {
		base,
		secret: trigger.verify ? undefined : secret,
		holder: read && { id: id ?? '', name: name ?? '' },
		editorUrl: context.getInstanceBaseUrl(),
		isTest: context.getMode() === 'manual',
		mayReplace: parameter('options.replaceExistingWebhook') === true,
		mayTakeOver: parameter('options.takeOverProduction') === true,
	};
	return { slot, claim, read: read && (async () => await read(client, parameter, registration())) };
}

/** Which slot it is, as the user knows it. */
function ownerName(context: IHookFunctions, api: GatewayApi, id: string | undefined): string {
	const credential = context.getNode().credentials?.[api.credentialType]?.name;
	return [id, credential && `credential "${credential}"`].filter((part) => part).join(', ');
}

/** What every step needs: the client of the chosen credential, this node's address and its secret. */
async function bind(context: IHookFunctions, trigger: GatewayTrigger, signal?: AbortSignal) {
	const parameter = parametersToUse(context, trigger);
	const api = apiOf(trigger, parameter);
	const base = context.getNodeWebhookUrl('default');
	if (!base) throw new Error('n8n has no webhook address for this node');
	const client = await (signal ? clientFor(context, forRemoval(api), signal) : clientFor(context, api));
	const secret = secretFor(context, api, await context.getCredentials(api.credentialType));
	return { parameter, api, base, client, secret };
}

/**
 * The node's parameters.
 *
 * @throws FieldRefusal if the options are an expression that cannot be read: a call that comes later could only be ignored
 */
function parametersToUse(context: IHookFunctions, trigger: GatewayTrigger): ReadParameter {
	const parameter = parametersOf(context, propertiesOfTrigger(trigger));
	parameter('options');
	return parameter;
}

async function ownEntries(context: IHookFunctions, trigger: GatewayTrigger, slots: ManySlots, signal?: AbortSignal) {
	const { parameter, base, client, secret } = await bind(context, trigger, signal);
	const wanted = addressToRegister(base, trigger.verify ? undefined : secret);
	const entries = await slots.list(client, parameter);
	const own = entries.filter(({ url }) => ownership(url, base) === 'same');
	const [first] = own;
	const upToDate = own.length === 1 && first?.url === wanted && first.upToDate !== false;
	return { client, parameter, wanted, own, upToDate };
}

async function addEntry(context: IHookFunctions, trigger: GatewayTrigger, slots: ManySlots): Promise<void> {
	const { client, parameter, wanted, own } = await ownEntries(context, trigger, slots);
	// Entries of ours with an old secret, or left by an n8n that was killed, would deliver each event once more.
	for (const { id } of own) await slots.remove(client, id, parameter);
	await slots.create(client, wanted, parameter);
}

async function removeEntries(
	context: IHookFunctions,
	trigger: GatewayTrigger,
	slots: ManySlots,
	signal?: AbortSignal,
): Promise<void> {
	const { client, parameter, own } = await ownEntries(context, trigger, slots, signal);
	for (const { id } of own) await slots.remove(client, id, parameter);
}
