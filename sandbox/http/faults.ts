import { pick, seededRandom } from '../random';
import { ControlError } from '../types';

/** Which requests a fault hits. What is left out matches everything. */
export interface FaultTarget {
	provider?: string;
	method?: string;
	/** Below the provider's base URL: a prefix (`/messages` also hits `/messages/group`) or a pattern (`/^\/messages$/`). */
	path?: string | RegExp;
}

/**
 * What goes wrong. "Accepted" means that the request is carried out as usual and only the answer is lost or replaced:
 * a message counts as sent, although the client cannot know.
 */
export type FaultAction =
	/** The answer comes late. `when: 'before'` waits before carrying the request out, and does not if the client leaves. */
	| { kind: 'latency'; ms: number; when?: 'before' | 'after' }
	/** Any status, headers and body (default: the provider's own form of a refusal). */
	| { kind: 'status'; status: number; headers?: Record<string, string>; body?: unknown; accepted?: boolean }
	/** Status 200 with a web page, as a proxy or a maintenance page sends it. */
	| { kind: 'html'; html?: string; accepted?: boolean }
	/** Accepted; the answer is a complete HTTP answer with only the first half of the body. */
	| { kind: 'truncated' }
	/** HTTP 200 whose body says no in the provider's form. */
	| { kind: 'bodyError'; code?: number; message?: string }
	/** The connection ends before the request is carried out. */
	| { kind: 'dropBefore'; reset?: boolean }
	/** Accepted; then the connection ends without an answer. `reset: true` ends it with a TCP reset. */
	| { kind: 'dropAfter'; reset?: boolean }
	/** Accepted; the connection ends in the middle of the answer. */
	| { kind: 'dropDuring' }
	/** No answer ever comes; the connection stays open. */
	| { kind: 'hang'; accepted?: boolean };

export type FaultKind = FaultAction['kind'];

export type FaultSpec = FaultAction &
	FaultTarget & {
		/** How many requests it hits. Default 1; Infinity until removed. */
		times?: number;
		/** How many matching requests pass before the first is hit. Default 0. */
		skip?: number;
	};

/** Hits a share of the requests at random. The same seed and order of requests give the same faults. */
export interface ChaosSpec extends FaultTarget {
	seed: number;
	/** From 0 (none) to 1 (all). */
	share: number;
	/** One of these is chosen for each request that is hit. */
	kinds: readonly FaultAction[];
}

export interface FaultHandle {
	readonly id: number;
	/** How many requests it has hit. */
	hits(): number;
	/** Takes it away; requests it already hit are not affected. */
	remove(): void;
}

export interface FaultInfo {
	id: number;
	target: { provider?: string; method?: string; path?: string };
	kind: FaultKind | 'chaos';
	hits: number;
	/** Left to hit; null: no end. */
	left: number | null;
}

interface RequestFacts {
	provider: string;
	method: string;
	path: string;
}

/** What is to happen to one request. */
export interface FaultPlan {
	latencies: Extract<FaultAction, { kind: 'latency' }>[];
	fault: Exclude<FaultAction, { kind: 'latency' }> | undefined;
}

interface Armed {
	id: number;
	target: FaultTarget;
	kind: FaultInfo['kind'];
	hits: number;
	left: number;
	draw(): FaultAction | undefined;
}

/** The faults that wait for requests. */
export class Faults {
	private armed: Armed[] = [];
	private lastId = 0;

	/** Arms a fault. Whichever was armed first hits first; latency comes on top of one other fault. */
	add(spec: FaultSpec): FaultHandle {
		const times = spec.times ?? 1;
		if (!(times >= 1) || (times !== Infinity && !Number.isInteger(times))) {
			throw new ControlError('times must be a whole number of at least 1, or Infinity');
		}
		if (spec.kind === 'latency') waitable(spec.ms);
		let skip = spec.skip ?? 0;
		return this.arm(spec, spec.kind, times, () => (skip-- > 0 ? undefined : spec));
	}

	/** Arms random faults. Every matching request costs one draw, so the outcome depends on the order of requests only. */
	chaos(spec: ChaosSpec): FaultHandle {
		if (!(spec.share >= 0 && spec.share <= 1)) throw new ControlError('share must be from 0 to 1');
		if (spec.kinds.length === 0) throw new ControlError('kinds must name at least one fault');
		for (const action of spec.kinds) if (action.kind === 'latency') waitable(action.ms);
		const random = seededRandom(spec.seed);
		return this.arm(spec, 'chaos', Infinity, () => (random() < spec.share ? pick(spec.kinds, random) : undefined));
	}

	/** Decides what happens to a request, and uses up what hits it. */
	take(request: RequestFacts): FaultPlan {
		const plan: FaultPlan = { latencies: [], fault: undefined };
		for (const armed of this.armed) {
			if (plan.fault !== undefined && armed.kind !== 'latency') continue;
			if (!matches(armed.target, request)) continue;
			const action = armed.draw();
			if (action === undefined) continue;
			armed.hits++;
			armed.left--;
			if (action.kind === 'latency') plan.latencies.push(action);
			else plan.fault = action;
		}
		this.armed = this.armed.filter(({ left }) => left > 0);
		return plan;
	}

	list(): FaultInfo[] {
		return this.armed.map(({ id, target, kind, hits, left }) => ({
			id,
			target: {
				...(target.provider === undefined ? {} : { provider: target.provider }),
				...(target.method === undefined ? {} : { method: target.method }),
				...(target.path === undefined ? {} : { path: String(target.path) }),
			},
			kind,
			hits,
			left: left === Infinity ? null : left,
		}));
	}

	/** Says whether there was one to remove. */
	remove(id: number): boolean {
		const before = this.armed.length;
		this.armed = this.armed.filter((armed) => armed.id !== id);
		return this.armed.length < before;
	}

	clear(): void {
		this.armed = [];
	}

	private arm(target: FaultTarget, kind: FaultInfo['kind'], left: number, draw: Armed['draw']): FaultHandle {
		const armed: Armed = { id: ++this.lastId, target, kind, hits: 0, left, draw };
		this.armed.push(armed);
		return { id: armed.id, hits: () => armed.hits, remove: () => void this.remove(armed.id) };
	}
}

/** Whether a request is one a target speaks of. Also used to filter the log of requests. */
export function matches(target: FaultTarget, request: RequestFacts): boolean {
	if (target.provider !== undefined && target.provider !== request.provider) return false;
	if (target.method !== undefined && target.method.toUpperCase() !== request.method) return false;
	if (target.path === undefined) return true;
	// search() and not test(), which remembers its place in patterns with the g flag.
	return typeof target.path === 'string'
		? request.path.startsWith(target.path)
		: request.path.search(target.path) !== -1;
}

function waitable(ms: number): void {
	if (!(ms >= 0 && ms <= 2 ** 31 - 1)) throw new ControlError('ms must be from 0 to 2147483647');
}
