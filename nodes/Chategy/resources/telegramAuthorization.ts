import { GatewayError } from '../../shared/http/gatewayError';
import { defaultCountryOption, optionsField, timeLimitMs } from '../../shared/messaging/fields/options';
import { ofCredential } from '../../shared/messaging/fields/ofCredential';
import { phoneNumber } from '../../shared/messaging/fields/recipients';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation, type OperationContext, type OutputItem } from '../../shared/operations/define/operation';
import { chategyApi } from '../api/chategyApi';
import { type Push, telegramPush, telegramRoom, telegramState } from '../api/socket/rooms';
import { visit } from '../api/socket/visit';
import { secretText, waitLimitOption } from '../fields/authorization';

/** The state arrives about every 5 seconds, so several times within this limit. */
const STATE_LIMIT_S = 20;

const waitLimit = waitLimitOption(
	STATE_LIMIT_S,
	'How long to wait for the login state, which Chategy sends every few seconds',
);
const options = optionsField([waitLimit]);
const phoneOptions = optionsField([defaultCountryOption, waitLimit]);

const code = secretText({
	displayName: 'Code',
	name: 'code',
	placeholder: 'e.g. 12345',
	description: 'The code that Telegram sent, either to another device or by SMS',
	missing: 'enter the code that Telegram sent',
});

const password = secretText({
	displayName: 'Password',
	name: 'password',
	description: 'The two-step verification password of this Telegram account',
	missing: 'enter the two-step verification password',
	isExact: true,
});

/** API reference: Telegram Tdlib authorization, steps 1 and 2. */
const getState = defineOperation({
	value: 'getState',
	name: 'Get State',
	action: 'Get the Telegram login state',
	description:
		'Get what the login is waiting for: wait_phone, wait_code or wait_password. It is authorized once the login is complete.',
	effect: 'read',
	fields: { options },
	run: async (values, context) => {
		const limit = timeLimitMs(values.options) ?? STATE_LIMIT_S * 1000;
		const { wanted } = await visit(
			context,
			telegramRoom(context.credential),
			async ({ waitFor }) => await waitFor(telegramState, () => true, limit),
		);
		if (wanted) return [{ json: { status: wanted.status } }];
		throw new GatewayError({
			provider: chategyApi.displayName,
			kind: 'timeout',
			outcome: 'unknown',
			timeLimitMs: limit,
			attempts: 1,
		});
	},
});

/** API reference: Telegram Tdlib authorization, step 3. */
const sendPhone = defineOperation({
	value: 'sendPhone',
	name: 'Send Phone Number',
	action: 'Send the phone number to Telegram',
	description: 'Start the Telegram login: Telegram sends a code to the owner of this number',
	effect: 'change',
	fields: { phone: phoneNumber, options: phoneOptions },
	run: async (values, context) =>
		await step(
			context,
			telegramPush.phone(values.phone),
			(status) => status !== 'wait_phone',
			timeLimitMs(values.options),
		),
});

/** API reference: Telegram Tdlib authorization, step 4. */
const sendCode = defineOperation({
	value: 'sendCode',
	name: 'Send Code',
	action: 'Send the code to Telegram',
	description: 'Continue the Telegram login with the code that Telegram sent',
	effect: 'change',
	fields: { code, options },
	run: async (values, context) =>
		await step(
			context,
			telegramPush.code(values.code),
			(status) => status !== 'wait_code',
			timeLimitMs(values.options),
		),
});

/** API reference: Telegram Tdlib authorization, step 5. */
const sendPassword = defineOperation({
	value: 'sendPassword',
	name: 'Send Password',
	action: 'Send the password to Telegram',
	description: 'Complete the Telegram login of an account with two-step verification',
	effect: 'change',
	fields: { password, options },
	run: async (values, context) =>
		await step(
			context,
			telegramPush.password(values.password),
			(status) => status !== 'wait_password',
			timeLimitMs(values.options),
		),
});

/** API reference: Telegram Tdlib authorization, step 6. */
const reset = defineOperation({
	value: 'reset',
	name: 'Reset',
	action: 'Reset the Telegram login',
	description: 'Restart the Telegram login from the beginning',
	effect: 'change',
	destructive: ['account'],
	fields: { account: ofCredential('Account', 'account'), options },
	run: async (values, context) =>
		await step(context, telegramPush.reset(), (status) => status === 'wait_phone', timeLimitMs(values.options)),
});

/**
 * One step of the login. Its reply says only that it was received; the state shows some seconds later whether it worked.
 *
 * @param hasLedOn whether a state is one that comes after this step
 * @returns that state, or the latest one at the time limit; null if none arrived
 */
async function step(
	context: OperationContext,
	push: Push,
	hasLedOn: (status: string) => boolean,
	limit = STATE_LIMIT_S * 1000,
): Promise<OutputItem[]> {
	return await visit(context, telegramRoom(context.credential), async (room) => {
		await room.push(push);
		const { latest } = await room.waitFor(telegramState, ({ status }) => hasLedOn(status), limit);
		return [{ json: { status: latest?.status ?? null } }];
	});
}

export const telegramAuthorization: Resource = {
	value: 'telegramAuthorization',
	name: 'Telegram Authorization',
	operations: [getState, sendPhone, sendCode, sendPassword, reset],
};
