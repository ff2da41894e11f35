import type { IDataObject } from 'n8n-workflow';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { without } from '../../shared/operations/define/outputFields';
import { simplify } from '../../shared/operations/define/simplify';
import { simpleAccount } from '../api/outputs';
import { readAccount } from '../api/requests';
import { includeSecrets } from '../fields/includeSecrets';

/** API reference: folder v1, Viewing account information. */
const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get the account details',
	description: 'Get the balance, subscription, default channels, sender names and connected messengers',
	effect: 'read',
	fields: { simplify, includeSecrets },
	request: () => readAccount,
	output: (data, values) => {
		const whole = (data ?? {}) as IDataObject;
		const account = values.includeSecrets ? whole : without(whole, 'token');
		return values.simplify ? simpleAccount(account) : account;
	},
});

export const account: Resource = { value: 'account', name: 'Account', operations: [get] };
