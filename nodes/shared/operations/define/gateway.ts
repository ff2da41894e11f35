import type { GatewayApi } from '../../http/gatewayApi';
import type { Operation } from './operation';

/** One folder of a provider's API reference. */
export interface Resource {
	/** n8n's internal name, e.g. `message`. */
	value: string;
	/** In the Resource list, Title Case. */
	name: string;
	operations: Operation[];
}

/** Everything the shared code needs to know to be the node of one provider. */
export interface Gateway {
	api: GatewayApi;
	resources: Resource[];
}

/**
 * The operation a node is set to.
 *
 * @throws Error if there is none of that name, as in a workflow made by hand
 */
export function findOperation(gateway: Gateway, resource: string, operation: string): Operation {
	const found = gateway.resources
		.find((candidate) => candidate.value === resource)
		?.operations.find((candidate) => candidate.value === operation);
	if (!found) throw new Error(`There is no operation "${operation}" for the resource "${resource}"`);
	return found;
}
