import type { IDataObject } from 'n8n-workflow';
import type { Resource } from '../../shared/operations/gateway';
import { defineOperation } from '../../shared/operations/operation';
import { without } from '../../shared/operations/output';
import { includeSecrets } from '../chategy.fields';
import { readAccount } from '../chategy.requests';
import { sessionNames } from '../chategy.sessions';

/** Collection: folder v1, Viewing account information. */
export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get the account',
	description: 'Get balance, subscription, sender names and which messengers are connected',
	effect: 'read',
	fields: { includeSecrets },
	request: () => readAccount,
	output: (data, { includeSecrets: isWhole }) => {
		const account = (data ?? {}) as IDataObject;
		return { ...(isWhole ? account : without(account, 'token')), ...sessionNames(account) };
	},
});

export const account: Resource = { value: 'account', name: 'Account', operations: [get] };
