/**
 * Contracts of Chategy, typed by hand from its Postman collection. Tokens and names are made up; lists are shortened, and
 * their totals say so. What needs a websocket (logging in to Telegram and WhatsApp) is tested over the sandbox.
 */
import type { Contract } from '../../../contracts/types';
import { accountContracts } from './account';
import { authorizationContracts } from './authorization';
import { bulkContracts } from './bulk';
import { deliveryContracts } from './delivery';
import { developerContracts } from './developer';
import { fileContracts } from './files';
import { afterSendingContracts } from './status';

export { chategyKeys, IDEMPOTENCY_KEY } from './answers';

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
