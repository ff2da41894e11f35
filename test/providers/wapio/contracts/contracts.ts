/** Contracts of Wapio: those of its API reference by folder, and those of requests that only its documentation has. */
import type { Contract } from '../../../contracts/types';
import { wapioBeyondContracts } from './beyond';
import { wapioContactContracts } from './contacts';
import { wapioGroupContracts } from './groups';
import { wapioMessageContracts } from './messages';
import { wapioSessionContracts } from './sessions';

export { wapioKeys } from './samples';

/** Requests the node makes. */
export const wapioContracts: Contract[] = [
	...wapioSessionContracts,
	...wapioMessageContracts,
	...wapioContactContracts,
	...wapioGroupContracts,
	...wapioBeyondContracts,
];
