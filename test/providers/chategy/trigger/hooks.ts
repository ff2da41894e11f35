import type { IDataObject } from 'n8n-workflow';
import { chategyAccount, type Sandbox } from '../../../../sandbox';

/** An entry in the list of webhooks. */
export interface Hook {
	id: number;
	url: string;
	types: string[];
}

/** The list of webhooks as another program of the same account sees it, over the provider's own API. */
export class Hooks {
	/** @param kind whose list: a client's, or a developer's */
	constructor(
		private readonly sandbox: Sandbox,
		private readonly kind: 'client' | 'developer' = 'client',
	) {}

	async all(): Promise<Hook[]> {
		return (await this.call('GET', '')).webhooks as unknown[] as Hook[];
	}

	async add(url: string, ...types: string[]): Promise<Hook> {
		const query = queryOf(url, types);
		return (await this.call('POST', `?${query}`)).webhook as object as Hook;
	}

	/** Changes the address of an entry. */
	async move({ id, types }: Pick<Hook, 'id' | 'types'>, url: string): Promise<void> {
		const query = queryOf(url, types);
		await this.call('PUT', `/${id}?${query}`);
	}

	private async call(method: string, rest: string): Promise<IDataObject> {
		const isClient = this.kind === 'client';
		const path = isClient ? '/api/v1/webhooks' : '/developer/v1/webhooks';
		const authorization = isClient ? `Bearer ${chategyAccount.accessToken}` : chategyAccount.developerApiKey;
		const response = await fetch(`${this.sandbox.baseUrl('chategy')}${path}${rest}`, {
			method,
			headers: { authorization },
		});
		if (!response.ok) throw new Error(`The list of webhooks could not be reached: HTTP ${response.status}`);
		return (await response.json()) as IDataObject;
	}
}

function queryOf(url: string, types: string[]): string {
	return new URLSearchParams([['url', url], ...types.map((type): [string, string] => ['types[]', type])]).toString();
}
