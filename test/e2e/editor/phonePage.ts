/* The phone of the sandbox, worked as a person does. */
import { expect, type Locator, type Page } from '@playwright/test';

/** One page of the phone. */
export class PhonePage {
	/** @param url where the sandbox is */
	constructor(
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Opens the page and waits until it is live. */
	async goto(): Promise<void> {
		await this.page.goto(`${this.url}/phone`);
		await expect(this.page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible();
	}

	/**
	 * Opens an account, and with it the first of its chats.
	 *
	 * @param account the account's name, or the provider's, which stands for its first connected account
	 */
	async openAccount(account: RegExp | { provider: string }): Promise<void> {
		const { page } = this;
		const accounts = account instanceof RegExp ? page : page.getByRole('region', { name: account.provider });
		// What is new is counted at the end.
		const name = account instanceof RegExp ? account : /(?<!not) connected( \d+ new)?$/;
		const button = accounts.getByRole('button', { name }).first();
		await expect(button).toBeVisible();
		if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
		await expect(button).toHaveAttribute('aria-expanded', 'true');
	}

	/**
	 * Opens a chat.
	 *
	 * @param chat the person's or the group's name, or a phone number in digits
	 */
	async openChat(account: RegExp | { provider: string }, chat: string): Promise<void> {
		await this.openAccount(account);
		const list = this.page.getByRole('navigation');
		const isNumber = /^\d+$/.test(chat);
		const row = isNumber ? list.locator(`[data-chat="${chat}"]`) : list.getByRole('button', { name: chat });
		await row.first().click();
		const main = this.page.getByRole('main');
		await expect(
			isNumber ? main.getByText(`+${chat}`).first() : main.getByRole('heading', { name: chat }),
		).toBeVisible();
	}

	/** Writes a message as the customer in the open chat, and sends it. */
	async write(text: string): Promise<void> {
		await this.page.getByRole('textbox', { name: 'Message' }).fill(text);
		await this.page.getByRole('button', { name: 'Send', exact: true }).click();
	}

	/** The bubbles of the open chat with this text. */
	bubble(text: string | RegExp): Locator {
		return this.page.getByRole('log').getByRole('article').filter({ hasText: text });
	}

	/** Chooses from a bubble's menu. */
	async choose(bubble: Locator, item: string): Promise<void> {
		await bubble.hover();
		await bubble.getByRole('button', { name: /^Actions for/ }).click();
		await this.page.getByRole('menuitem', { name: item }).click();
	}

	/** Logs the phone of the open account out, or in again. */
	async setLoggedIn(isLoggedIn: boolean): Promise<void> {
		const { page } = this;
		await page.getByRole('button', { name: 'Account', exact: true }).click();
		await page.getByRole('menuitem', { name: isLoggedIn ? /^Log in/ : /^Log out/ }).click();
		await expect(page.getByRole('group', { name: 'Logged out' })).toHaveCount(isLoggedIn ? 0 : 1);
	}

	/** Opens the drawer and chooses what goes wrong with the next request. */
	async trouble(name: RegExp): Promise<void> {
		await this.page.getByRole('button', { name: /^Trouble/ }).click();
		await this.page.getByRole('button', { name }).click();
		// Until the sandbox has it.
		await expect(this.page.getByRole('button', { name: /^Remove / })).toBeVisible();
	}

	/** Clicks a link in a bubble; returns the page that it opens. */
	async follow(link: Locator): Promise<Page> {
		const opened = this.page.waitForEvent('popup');
		await link.click();
		const page = await opened;
		await page.waitForLoadState();
		return page;
	}
}
