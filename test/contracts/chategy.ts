/**
 * Contracts of Chategy, typed by hand from its Postman collection. Tokens and names are made up; lists are shortened, and
 * their totals say so. What needs a websocket (logging in to Telegram and WhatsApp) is tested over the sandbox.
 */
import { accountContracts } from './chategy.account';
import { authorizationContracts } from './chategy.authorization';
import { bulkContracts } from './chategy.bulk';
import { deliveryContracts } from './chategy.delivery';
import { developerContracts } from './chategy.developer';
import { fileContracts } from './chategy.files';
import { afterSendingContracts } from './chategy.status';
import type { Contract } from './types';

export { chategyKeys, IDEMPOTENCY_KEY } from './chategy.answers';

/** Requests the node makes. */
export const chategyContracts: Contract[] = [
	...deliveryContracts,
	...bulkContracts,
	...afterSendingContracts,
	...fileContracts,
	...accountContracts,
	...authorizationContracts,
	...developerContracts,
];
