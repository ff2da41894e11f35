import {
	NodeApiError,
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IHookFunctions,
	type INodeType,
} from 'n8n-workflow';
import { GatewayError } from '../http/gatewayError';
import { clientFor } from '../operations/context';
import { toNodeError } from '../operations/errors';
import { parametersOf } from '../operations/parameters';
import type { GatewayTrigger, ManySlots, OneSlot } from './definition';
import { SlotRefusal, isRegistered, register, unregister, type Claim, type Slot } from './oneSlot';
import { addressToRegister, ownership, webhookSecret } from './webhookAddress';

type WebhookMethods = NonNullable<INodeType['webhookMethods']>;

/** The three calls by which n8n asks a trigger to look, register and clean up, for every kind of registration. */
export function webhookLifecycle(trigger: GatewayTrigger): WebhookMethods {
	const { registration } = trigger;
	switch (registration.kind) {
		case 'oneSlot':
			return methods({
				checkExists: async (context) => await isRegistered(...(await slotOf(context, trigger, registration))),
				create: async (context) => await register(...(await slotOf(context, trigger, registration))),
				delete: async (context) => await unregister(...(await slotOf(context, trigger, registration))),
			});
		case 'manySlots':
			return methods({
				checkExists: async (context) => (await ownEntries(context, trigger, registration)).upToDate,
				create: async (context) => await addEntry(context, trigger, registration),
				delete: async (context) => await removeEntries(context, trigger, registration),
			});
		case 'byHand':
			return methods({
				checkExists: async () => true,
				create: async () => undefined,
				delete: async () => undefined,
			});
	}
}

interface Lifecycle {
	checkExists: (context: IHookFunctions) => Promise<boolean>;
	create: (context: IHookFunctions) => Promise<void>;
	delete: (context: IHookFunctions) => Promise<void>;
}

function methods(lifecycle: Lifecycle): WebhookMethods {
	const run = async (
		context: IHookFunctions,
		step: keyof Lifecycle,
	): Promise<boolean> => {
		try {
			return (await lifecycle[step](context)) ?? true;
		} catch (error) {
			throw asNodeError(context, error);
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
				return await run(this, 'delete');
			},
		},
	};
}

function asNodeError(context: IHookFunctions, error: unknown): Error {
	// Where a trigger is published or listened with, n8n shows the message alone: the remedy has to be part of it.
	if (error instanceof SlotRefusal) {
		return new NodeOperationError(context.getNode(), `${error.message}. ${error.advice}`);
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

async function slotOf(
	context: IHookFunctions,
	trigger: GatewayTrigger,
	registration: OneSlot,
): Promise<[Slot, Claim]> {
	const client = await clientFor(context, trigger.api);
	const parameter = parametersOf(context);
	const slot: Slot = {
		owner: registration.owner,
		provider: trigger.api.displayName,
		read: async () => await registration.read(client, parameter),
		write: async (url) => await registration.write(client, url, parameter),
		clear: async () => await registration.clear(client, parameter),
	};
	const claim: Claim = {
		...(await ownAddress(context, trigger)),
		isTest: context.getMode() === 'manual',
		mayReplace: parameter('options.replaceExistingWebhook') === true,
		mayTakeOver: parameter('options.takeOverProduction') === true,
	};
	return [slot, claim];
}

async function ownAddress(
	context: IHookFunctions,
	trigger: GatewayTrigger,
): Promise<{ base: string; secret?: string }> {
	const base = context.getNodeWebhookUrl('default');
	if (!base) throw new Error('n8n has no webhook address for this node');
	if (trigger.verify) return { base };
	const credential = await context.getCredentials(trigger.api.credentialType);
	return { base, secret: secretFor(context, trigger, credential) };
}

/**
 * The secret in this node's registered address; see {@link webhookSecret}.
 *
 * @param credential of this node
 */
export function secretFor(
	context: Pick<IHookFunctions, 'getNode' | 'getWorkflow'>,
	trigger: GatewayTrigger,
	credential: ICredentialDataDecryptedObject,
): string {
	const node = context.getNode();
	return webhookSecret(
		trigger.api.secrets(credential),
		context.getWorkflow().id ?? '',
		node.webhookId ?? node.id,
	);
}

async function ownEntries(context: IHookFunctions, trigger: GatewayTrigger, slots: ManySlots) {
	const client = await clientFor(context, trigger.api);
	const parameter = parametersOf(context);
	const { base, secret } = await ownAddress(context, trigger);
	const wanted = addressToRegister(base, secret);
	const entries = await slots.list(client, parameter);
	const own = entries.filter(({ url }) => ownership(url, base) === 'same');
	const upToDate = own.length === 1 && own[0]?.url === wanted;
	return { client, parameter, wanted, own, upToDate };
}

async function addEntry(context: IHookFunctions, trigger: GatewayTrigger, slots: ManySlots): Promise<void> {
	const { client, parameter, wanted, own } = await ownEntries(context, trigger, slots);
	// Entries of ours with an old secret, or left by an n8n that was killed, would deliver each event once more.
	for (const { id } of own) await slots.remove(client, id, parameter);
	await slots.create(client, wanted, parameter);
}

async function removeEntries(context: IHookFunctions, trigger: GatewayTrigger, slots: ManySlots): Promise<void> {
	const { client, parameter, own } = await ownEntries(context, trigger, slots);
	for (const { id } of own) await slots.remove(client, id, parameter);
}
