import type { IDataObject } from 'n8n-workflow';
import { path } from '../../shared/http/request';
import { timeLimitMs } from '../../shared/messaging/fields/options';
import { phoneNumber } from '../../shared/messaging/fields/recipients';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { without } from '../../shared/operations/define/outputFields';
import { simplify } from '../../shared/operations/define/simplify';
import { chategyDeveloperApi as api, chategyMainHostApi } from '../api/chategyApi';
import { simpleInstance } from '../api/outputs';
import { instancePages } from '../api/pages';
import { readInstances } from '../api/requests';
import { includeSecrets } from '../fields/includeSecrets';
import {
	createOptions,
	customerId,
	email,
	instanceId,
	ownId,
	passwordIn,
	renewSubscription,
	updateFields,
} from '../fields/instance';

/** An instance as the user wants it: with or without its keys, complete or simplified. */
function asked(instance: unknown, values: { includeSecrets: boolean; simplify: boolean }): IDataObject {
	const found = shown(instance, values.includeSecrets);
	return values.simplify ? simpleInstance(found) : found;
}

/** An instance with or without its secrets. */
function shown(instance: unknown, isWhole: boolean): IDataObject {
	const whole = (instance ?? {}) as IDataObject;
	return isWhole ? whole : without(whole, 'token', 'idempotency_key', 'password');
}

/** API reference: folder Instance Management, Creating an instance. */
const create = defineOperation({
	value: 'create',
	name: 'Create',
	action: 'Create an instance',
	description:
		'Register a client account. Its access token and idempotency key are returned only if Include Secrets is on.',
	effect: 'change',
	api: chategyMainHostApi,
	fields: { phoneNumber, email, includeSecrets, password: passwordIn('options'), options: createOptions },
	request: (values) => ({
		method: 'POST',
		path: '/api/tmp/instances',
		json: {
			instance: {
				phone: values.phoneNumber,
				email: values.email,
				password: values.options.password,
				external_id: values.options.externalId,
				dispatch_routing: values.options.channels,
				renew_subscription: values.options.renewSubscription,
			},
		},
		timeLimitMs: timeLimitMs(values.options),
	}),
	output: (data, values) => shown(data, values.includeSecrets),
});

/** API reference: folder Instance Management, Getting information about an instance (customer_id). */
const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get an instance by customer ID',
	description: 'Get an instance by its customer ID, with its subscription and connected messengers',
	effect: 'read',
	api,
	fields: { customerId, simplify, includeSecrets },
	request: (values) => ({ method: 'GET', path: path`/developer/v1/instances/${values.customerId}` }),
	output: asked,
});

/** API reference: folder Instance Management, Getting information about an instance (external_id). */
const getByExternalId = defineOperation({
	value: 'getByExternalId',
	name: 'Get by External ID',
	action: 'Get instances by external ID',
	description: 'Get all instances that were created with one of your own IDs',
	effect: 'read',
	api,
	fields: { ownId, simplify, includeSecrets },
	paging: instancePages,
	request: (values) => ({
		method: 'GET',
		path: '/developer/v1/instances/',
		query: { external_id: values.ownId },
	}),
	output: (list, values) => (list as unknown[]).map((instance) => asked(instance, values)),
});

/** API reference: folder Instance Management, Getting information about all instances. */
const getMany = defineOperation({
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many instances',
	description: 'Get the instances of the developer account, one for each client',
	effect: 'read',
	api,
	fields: { simplify, includeSecrets },
	paging: instancePages,
	request: () => readInstances,
	output: (list, values) => (list as unknown[]).map((instance) => asked(instance, values)),
});

/** API reference: folder Instance Management, Instance data changes: all of it in the query, the password as well. */
const update = defineOperation({
	value: 'update',
	name: 'Update',
	action: 'Update an instance',
	description: 'Change auto-renewal, channels, email, external ID, password or phone number of an instance',
	effect: 'change',
	api,
	fields: { instanceId, renewSubscription, password: passwordIn('updateFields'), updateFields },
	request: (values) => ({
		method: 'PUT',
		path: path`/developer/v1/instances/${values.instanceId}`,
		query: {
			renew_subscription: values.renewSubscription,
			external_id: values.updateFields.externalId,
			dispatch_routing: values.updateFields.channels,
			email: values.updateFields.email,
			phone: values.updateFields.phoneNumber,
			password: values.updateFields.password,
		},
		repeatable: true,
	}),
	output: (data) => shown(data, false),
});

/** API reference: folder Instance Management, Activating an instance subscription. It costs money. */
const renew = defineOperation({
	value: 'renewSubscription',
	name: 'Renew Subscription',
	action: 'Renew an instance subscription',
	description: 'Pay for the next period of an instance from the account balance',
	effect: 'change',
	api,
	fields: { instanceId },
	request: (values) => ({
		method: 'POST',
		path: path`/developer/v1/instances/${values.instanceId}/renew_subscription`,
	}),
});

/** API reference: folder Instance Management, Interrupting WhatsApp authorization. */
const deleteWhatsAppSession = defineOperation({
	value: 'deleteWhatsAppSession',
	name: 'Delete WhatsApp Session',
	action: 'Delete a WhatsApp session',
	description: 'Disconnect WhatsApp from an instance. To reconnect, scan a new QR code.',
	effect: 'change',
	destructive: ['instance'],
	api,
	fields: { instanceId },
	request: (values) => ({
		method: 'DELETE',
		path: path`/developer/v1/instances/${values.instanceId}/delete_container_session`,
	}),
	output: (_data, values) => ({ deleted: true, id: Number(values.instanceId) }),
});

export const instance: Resource = {
	value: 'instance',
	name: 'Instance',
	operations: [create, get, getByExternalId, getMany, update, renew, deleteWhatsAppSession],
};
