/** Contracts of Wapio: those of its API reference by folder, and those of requests that only its documentation has. */
import type { Contract } from '../../../contracts/types';
import { wapioBeyondContracts } from './beyond';
import { wapioChannelContracts } from './channels';
import { wapioContactContracts } from './contacts';
import { wapioGroupContracts } from './groups';
import { wapioMessageContracts } from './messages';
import { wapioSendContracts } from './sends';
import { wapioSessionContracts } from './sessions';

export { wapioKeys } from './samples';

/** Requests the node makes. */
export const wapioContracts: Contract[] = [
	...wapioSessionContracts,
	...wapioSendContracts,
	...wapioMessageContracts,
	...wapioChannelContracts,
	...wapioContactContracts,
	...wapioGroupContracts,
	...wapioBeyondContracts,
];
