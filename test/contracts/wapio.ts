/** Contracts of Wapio: those of its collection by folder, and those of requests that only its documentation has. */
import type { Contract } from './types';
import { wapioBeyondContracts } from './wapio.beyond';
import { wapioContactContracts } from './wapio.contacts';
import { wapioGroupContracts } from './wapio.groups';
import { wapioMessageContracts } from './wapio.messages';
import { wapioSessionContracts } from './wapio.sessions';

export { wapioKeys } from './wapio.samples';

/** Requests the node makes. */
export const wapioContracts: Contract[] = [
	...wapioSessionContracts,
	...wapioMessageContracts,
	...wapioContactContracts,
	...wapioGroupContracts,
	...wapioBeyondContracts,
];
