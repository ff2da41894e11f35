import type { INodeParameters } from 'n8n-workflow';
import { chategyAccount } from '../../../sandbox/providers/chategy/seed';
import type { ExampleStep } from '../../support/provider';

const { ownPhone, telegram } = chategyAccount;

const telegramStep = (operation: string, parameters: INodeParameters = {}): ExampleStep => ({
	resource: 'telegramAuthorization',
	operation,
	parameters,
});

const whatsAppStep = (operation: string, action: string, parameters: INodeParameters = {}): ExampleStep => ({
	resource: 'whatsAppAuthorization',
	operation,
	parameters,
	before: async ({ sandbox }) => await sandbox.control.action('chategy', action),
});

/** The logins, which go over a websocket. */
export const exampleSteps: ExampleStep[] = [
	telegramStep('reset', { account: 'credential' }),
	telegramStep('getState'),
	telegramStep('sendPhone', { phoneNumber: `+${ownPhone}` }),
	telegramStep('sendCode', { code: telegram.code }),
	telegramStep('sendPassword', { password: telegram.password }),
	whatsAppStep('getQrCode', 'logOut', { binaryPropertyName: 'data' }),
	whatsAppStep('waitUntilScanned', 'scan'),
];
