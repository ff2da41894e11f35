/* What a contestant's process is told to do, and what it answers. */

/** Who sends and reads messages. */
export const messengers = ['chatalo', 'single', 'undici', 'httpRequest', 'httpRequestAtOnce', 'evolution'] as const;
export type Messenger = (typeof messengers)[number];

export type Effect = 'sends' | 'reads';

/** So many sends or reads, against one line of the far end. */
export interface MessagesJob {
	kind: 'messages';
	contestant: Messenger;
	effect: Effect;
	items: number;
	address: string;
	/** Another line, for the runs that nobody measures. */
	warmUpAddress: string;
	/** Milliseconds of that; at least one run. */
	warmUpMs: number;
}

export interface FileJob {
	kind: 'file';
	contestant: 'ours' | 'httpRequest';
	direction: 'upload' | 'download';
	bytes: number;
	address: string;
	warmUpAddress: string;
	warmUpBytes: number;
}

export interface WebhooksJob {
	kind: 'webhooks';
	contestant: 'chataloTrigger' | 'webhook';
	deliveries: number;
	atOnce: number;
	address: string;
	warmUpDeliveries: number;
}

export type Job = MessagesJob | FileJob | WebhooksJob;

/** How long the measured part of a job took. */
export interface Time {
	ms: number;
	/** Processor time of the whole process, user and system. */
	cpuMs: number;
}

/** What it took, memory included. */
export interface Cost extends Time {
	/** Resident memory before, after the collector ran, in bytes. */
	baseline: number;
	/** The most resident memory at any moment, in bytes. */
	peak: number;
	/** Heap that the results still hold after the collector ran, in bytes above what was held before. */
	held: number;
}

/** What a package loader found. */
export interface Loaded {
	/** What n8n loads when it starts: descriptions and credentials. */
	startMs: number;
	/** Then the code of one node, as its first use does. */
	firstUseMs: number;
	nodes: number;
	/** Bytes of all node descriptions as JSON: what the editor downloads. */
	descriptionBytes: number;
}

/** Where a contestant finds what is installed for the bench. */
export interface Places {
	/** Our package, packed and unpacked. */
	ours: string;
	/** The package for Chatalo alone, over n8n's HTTP helper, likewise. */
	single: string;
	/** node_modules of the bench: the peers from npm. */
	benchModules: string;
	/** node_modules of the real n8n: its own nodes. */
	n8nModules: string;
}

/** Connections of a bare undici loop for reads: as many as our reads have under way. */
export const READS_AT_ONCE = 8;
