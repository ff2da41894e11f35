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

/** The state comes about every 5 seconds, so in this time it is told several times. */
const STATE_LIMIT_S = 20;

const waitLimit = waitLimitOption(
	STATE_LIMIT_S,
	'How long to wait for the state of the login, which Chategy tells every few seconds',
);
const options = optionsField([waitLimit]);
const phoneOptions = optionsField([defaultCountryOption, waitLimit]);

const code = secretText({
	displayName: 'Code',
	name: 'code',
	description: 'The code that Telegram sent, in a chat of another device or by SMS',
	missing: 'fill in the code that Telegram sent',
});

const password = secretText({
	displayName: 'Password',
	name: 'password',
	description: 'The password of the two-step verification of this Telegram account',
	missing: 'fill in the password of the two-step verification',
	isExact: true,
});

/** API reference: Telegram Tdlib authorization, steps 1 and 2. */
const getState = defineOperation({
	value: 'getState',
	name: 'Get State',
	action: 'Get the state of the Telegram login',
	description: 'Get what the login waits for: wait_phone, wait_code, wait_password, or authorized when it is done',
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
	description: 'Start the login to Telegram: a code is sent to the owner of this number',
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
	description: 'Go on with the login to Telegram by the code that it sent',
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
	description: 'Finish the login to Telegram of an account with two-step verification',
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
	description: 'Start the login to Telegram from the beginning',
	effect: 'change',
	destructive: ['account'],
	fields: { account: ofCredential('Account', 'account'), options },
	run: async (values, context) =>
		await step(context, telegramPush.reset(), (status) => status === 'wait_phone', timeLimitMs(values.options)),
});

/**
 * One step of the login. Its reply says only that it was taken; whether it led on, the state says some seconds later.
 *
 * @param hasLedOn whether a state is one that comes after this step
 * @returns the state then, or the one that stood at the time limit; null if none came
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
