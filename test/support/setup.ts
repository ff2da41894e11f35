/** Runs before every test file: n8n-core must find its surroundings before its first import. */
import './n8n/environment';

// A connection that is kept may be closed by the other side while this process is busy (loading n8n-core, collecting
// garbage), and the next request over it fails with ECONNRESET. The tests' own client therefore keeps none.
const { fetch } = globalThis;
globalThis.fetch = async (input, init) => {
	const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
	headers.set('Connection', 'close');
	return await fetch(input, { ...init, headers });
};
