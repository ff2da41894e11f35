/** The process-wide services of n8n-core that a test wants to set: binary data storage and egress policy. */
import { userFolder } from './environment';

import { Logger } from '@n8n/backend-common';
import { DnsResolver, OutboundHttp, SsrfProtectionService } from '@n8n/backend-network';
import { SecurityConfig, SSRF_DEFAULT_BLOCKED_IP_RANGES, SsrfProtectionConfig } from '@n8n/config';
import { Container } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Where binary data of items is kept: files (n8n's default) or inside the items. */
export type BinaryMode = 'filesystem' | 'memory';

/** n8n's SSRF settings, the N8N_SSRF_* variables. */
export interface SsrfPolicy {
	/** The instance's switch. `getSecureEgressFilter('enforced')` applies the ranges either way. */
	enabled: boolean;
	blockedIpRanges?: string[];
	allowedIpRanges?: string[];
	allowedHostnames?: string[];
	blockedHostnames?: string[];
}

let store: { folder: string; users: number } | undefined;

/**
 * Takes a share in the process's store for binary data and returns the function that gives it back;
 * the last one back removes the files. n8n has one store per process, so with several engines the
 * mode asked for last holds for all.
 */
export async function useBinaryStore(mode: BinaryMode): Promise<() => void> {
	if (store === undefined) {
		mkdirSync(userFolder, { recursive: true });
		store = { folder: mkdtempSync(join(userFolder, 'binary-')), users: 0 };
	}
	const mine = store;
	mine.users += 1;
	const config = Container.get(BinaryDataConfig);
	config.mode = mode === 'memory' ? 'default' : 'filesystem';
	config.localStoragePath = mine.folder;
	await Container.get(BinaryDataService).init();
	let released = false;
	return () => {
		if (released) return;
		released = true;
		mine.users -= 1;
		if (mine.users > 0) return;
		if (store === mine) store = undefined;
		// n8n's whole folder goes: its settings are in memory by now, and the next engine makes it anew.
		// At once, not later: an engine opened in between would lose its files.
		rmSync(userFolder, { recursive: true, force: true });
	};
}

/** Replaces n8n's egress policy for the process. Without a policy: n8n's default, protection off. */
export function setSsrfPolicy(policy: SsrfPolicy = { enabled: false }): void {
	const config = Container.get(SsrfProtectionConfig);
	config.enabled = policy.enabled;
	config.blockedIpRanges = policy.blockedIpRanges ?? [...SSRF_DEFAULT_BLOCKED_IP_RANGES];
	config.allowedIpRanges = policy.allowedIpRanges ?? [];
	config.allowedHostnames = policy.allowedHostnames ?? [];
	config.blockedHostnames = policy.blockedHostnames ?? [];
	// The service compiles its lists once, so new settings need a new service.
	const logger = Container.get(Logger);
	const protection = new SsrfProtectionService(config, Container.get(DnsResolver), logger);
	Container.set(SsrfProtectionService, protection);
	Container.set(OutboundHttp, new OutboundHttp(protection, config, logger));
}

/** Sets the one folder that nodes may write files to; n8n's own is `.n8n-files` in the user's home. */
export function setFileFolder(folder: string): void {
	Container.get(SecurityConfig).restrictFileAccessTo = folder;
}
