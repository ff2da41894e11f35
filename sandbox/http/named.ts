/** Fastify's own property for the name of a plugin. */
const DISPLAY_NAME = Symbol.for('fastify.display-name');

/**
 * Names a part of the server. For one without a name Fastify looks through all loaded modules, which takes longer than all else
 * that a sandbox does to start.
 */
export function named<T extends object>(name: string, part: T): T {
	return Object.assign(part, { [DISPLAY_NAME]: name });
}
