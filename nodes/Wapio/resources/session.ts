import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { path } from '../../shared/http/request';
import {
	defaultCountryOption,
	optionsField,
	timeLimitMs,
	timeLimitOption,
} from '../../shared/messaging/fields/options';
import { isObject } from '../../shared/object';
import { collectionField } from '../../shared/operations/define/field';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { createdOutput, sessionOutput } from '../api/outputs';
import { sessionPages } from '../api/pages';
import { listSessions } from '../api/requests';
import { idempotencyKey, wapioKeyOption, idempotencyKeySchema } from '../fields/idempotencyKey';
import { chosenOnly, personalTokenOnly, sessionId } from '../fields/session';
import {
	additionalFields,
	isFilled,
	label,
	settings,
	someSettings,
	update as updateBody,
} from '../fields/sessionSettings';
import { deleteSession } from './session.delete';
import { getQrCode } from './session.qrCode';

const oneSession = { session: sessionId };

/** API reference: List sessions, `status`, one of these. */
const STATUSES = ['connected', 'connecting', 'deleted', 'disconnected', 'pending', 'pending_deletion'] as const;

const filters = collectionField(
	{ displayName: 'Filters', name: 'filters', placeholder: 'Add filter' },
	[
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Connected', value: 'connected' },
				{ name: 'Connecting', value: 'connecting' },
				{ name: 'Deleted', value: 'deleted' },
				{ name: 'Disconnected', value: 'disconnected' },
				{ name: 'Pending', value: 'pending' },
				{ name: 'Pending Deletion', value: 'pending_deletion' },
			],
			default: 'connected',
			description: 'Only return sessions with this status',
		},
	],
	z.object({ status: z.enum(STATUSES, { error: 'choose an option from the list' }).optional() }),
);

const createOptions = optionsField([defaultCountryOption, wapioKeyOption, timeLimitOption], {
	idempotencyKey: idempotencyKeySchema.optional(),
});

const KEY_NOTICE =
	"The key in session_api_key.raw is shown only once; Wapio does not return it again. Save it in a credential. It is also stored in this execution's data.";

/** API reference: folder Sessions, List sessions. */
const getMany = defineOperation({
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many sessions',
	description: 'Get the sessions of the account, or with a session key only its own session',
	effect: 'read',
	fields: { filters },
	paging: sessionPages,
	request: (values) => ({ ...listSessions, query: { status: values.filters.status } }),
	output: sessionOutput,
});

/** API reference: folder Sessions, Create a session. That it honours an idempotency key is from the provider's documentation. */
const create = defineOperation({
	value: 'create',
	name: 'Create',
	action: 'Create a session',
	description:
		'Create a session. The output contains its key (session_api_key.raw), which Wapio shows only once. Needs a personal access token.',
	notice: KEY_NOTICE,
	effect: 'change',
	fields: { ...personalTokenOnly, label, additionalFields, settings, key: idempotencyKey, options: createOptions },
	request: (values) => ({
		method: 'POST',
		path: '/v1/whatsapp-sessions',
		headers: { 'Idempotency-Key': values.key() },
		json: {
			label: values.label,
			...values.additionalFields,
			...(isFilled(values.settings) ? { settings: values.settings } : {}),
		},
		repeatable: true,
		timeLimitMs: timeLimitMs(values.options),
	}),
	output: createdOutput,
});

/** API reference: folder Sessions, Get a session. */
const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get a session',
	description: 'Get a session with its status and number',
	effect: 'read',
	fields: oneSession,
	request: (values) => ({ method: 'GET', path: path`/v1/whatsapp-sessions/${values.session}` }),
	output: sessionOutput,
});

/** API reference: folder Sessions, Update session metadata + settings. */
const update = defineOperation({
	value: 'update',
	name: 'Update',
	action: 'Update a session',
	description: 'Change the label, phone number or settings of a session',
	effect: 'change',
	fields: { ...oneSession, body: updateBody, options: optionsField([defaultCountryOption]) },
	request: (values) => ({
		method: 'PATCH',
		path: path`/v1/whatsapp-sessions/${values.session}`,
		json: values.body,
		repeatable: true,
	}),
	output: sessionOutput,
});

/** API reference: folder Sessions, Connect a paired session. */
const connect = defineOperation({
	value: 'connect',
	name: 'Connect',
	action: 'Connect a session',
	description: 'Connect a session to WhatsApp. If it was never paired, scan its QR code next.',
	effect: 'change',
	fields: oneSession,
	request: (values) => ({ method: 'POST', path: path`/v1/whatsapp-sessions/${values.session}/connect` }),
});

/** API reference: folder Sessions, Disconnect a session. */
const disconnect = defineOperation({
	value: 'disconnect',
	name: 'Disconnect',
	action: 'Disconnect a session',
	description: 'Disconnect a session from WhatsApp. Use Connect to connect it again.',
	effect: 'change',
	destructive: ['session'],
	fields: { session: chosenOnly },
	request: (values) => ({ method: 'POST', path: path`/v1/whatsapp-sessions/${values.session}/disconnect` }),
});

/** API reference: folder Sessions, Restart the session worker. */
const restart = defineOperation({
	value: 'restart',
	name: 'Restart',
	action: 'Restart a session',
	description: 'Restart a session that is stuck',
	effect: 'change',
	destructive: ['session'],
	fields: { session: chosenOnly },
	request: (values) => ({ method: 'POST', path: path`/v1/whatsapp-sessions/${values.session}/restart` }),
});

/** API reference: folder Sessions, Rotate the session-scoped key. The previous key is revoked immediately. */
const rotateKey = defineOperation({
	value: 'rotateKey',
	name: 'Rotate Key',
	action: 'Rotate the key of a session',
	description:
		'Create a new key for a session (session_api_key.raw), which Wapio shows only once. The old key stops working immediately. Needs a personal access token.',
	notice: KEY_NOTICE,
	effect: 'change',
	destructive: ['session'],
	fields: { ...personalTokenOnly, session: chosenOnly },
	request: (values) => ({ method: 'POST', path: path`/v1/whatsapp-sessions/${values.session}/regenerate-key` }),
});

/** API reference: folder Sessions, Get session operational settings. */
const getSettings = defineOperation({
	value: 'getSettings',
	name: 'Get Settings',
	action: 'Get the settings of a session',
	description: 'Get the settings of a session',
	effect: 'read',
	fields: oneSession,
	request: (values) => ({ method: 'GET', path: path`/v1/whatsapp-sessions/${values.session}/settings` }),
	output: settingsIn,
});

/** API reference: folder Sessions, Update session operational settings. */
const updateSettings = defineOperation({
	value: 'updateSettings',
	name: 'Update Settings',
	action: 'Update the settings of a session',
	description: 'Change settings of a session. Settings that you do not add stay as they are.',
	effect: 'change',
	fields: { ...oneSession, settings: someSettings },
	request: (values) => ({
		method: 'PATCH',
		path: path`/v1/whatsapp-sessions/${values.session}/settings`,
		json: values.settings,
		repeatable: true,
	}),
	output: settingsIn,
});

/** API reference: the settings are in `session_settings`. */
function settingsIn(data: unknown): IDataObject {
	if (!isObject(data)) return { success: true };
	return isObject(data.session_settings) ? data.session_settings : data;
}

export const session: Resource = {
	value: 'session',
	name: 'Session',
	operations: [
		getMany,
		create,
		get,
		update,
		deleteSession,
		connect,
		disconnect,
		restart,
		getQrCode,
		rotateKey,
		getSettings,
		updateSettings,
	],
};
