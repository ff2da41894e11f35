import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { requiredId } from '../../shared/messaging/fields/schemas';
import { field, type Field, type ItemReader } from '../../shared/operations/define/field';
import { locator } from '../../shared/operations/define/locator';
import { textOf } from '../../shared/text';
import { isPersonalToken, isSessionKey } from '../api/wapioApi';

/** A session of the account, from a list or by its id. */
export const sessionProperty: INodeProperties = locator({
	displayName: 'Session',
	name: 'session',
	description: 'The connected WhatsApp number to use',
	hint: "Leave empty to use the credential's default session",
	search: 'searchSessions',
	byHand: { placeholder: 'e.g. bps_sess_ws_0123456789' },
});

/** The same for what cannot be undone: the credential's default is not enough. */
function chosenProperty(labels: { required?: true; hint: string }): INodeProperties {
	return locator({
		displayName: 'Session',
		name: 'session',
		description: 'The connected WhatsApp number',
		...labels,
		search: 'searchSessions',
		byHand: { placeholder: 'e.g. bps_sess_ws_0123456789' },
	});
}

const CHOOSE = 'choose a session from the list, or enter its ID';

/** A session to delete, disconnect, or the like. */
export const chosenOnly: Field<string> = field(
	chosenProperty({ required: true, hint: "Choose it here: the credential's session is not used" }),
	requiredId(CHOOSE),
);

/** The session that was chosen, else the credential's; empty if there is neither. */
export function chosenSession({ parameter, credential }: Pick<ItemReader, 'parameter' | 'credential'>): string {
	return textOf(parameter(sessionProperty.name)).trim() || textOf(credential('sessionId')).trim();
}

/** The session of a request that has it in its path. */
export const sessionId: Field<string> = {
	properties: [sessionProperty],
	read: chosenSession,
	schema: requiredId('choose a session from the list, enter its ID, or set Default Session ID in the credential'),
};

/** The session of a request under `/api`: a session key needs none, a personal access token does. */
export const session: Field<string | undefined> = {
	properties: [sessionProperty],
	read: (item) => ({ id: chosenSession(item), needsOne: isPersonalToken(item.credential('token')) }),
	schema: z
		.object({ id: z.string(), needsOne: z.boolean() })
		.refine(({ id, needsOne }) => id !== '' || !needsOne, {
			error: 'choose a session from the list, enter its ID, or set Default Session ID in the credential. A personal access token (bps_pat_…) works for every session of the account, so it needs to know which one to use',
		})
		.transform(({ id }) => id || undefined),
};

/** The session that leaves a group. A session key has its own session, which is no default. */
export const leavingSession: Field<string | undefined> = {
	...session,
	properties: [
		chosenProperty({ hint: "Required with a personal access token: the credential's session is not used" }),
	],
	read: ({ parameter, credential }) => ({
		id: textOf(parameter(sessionProperty.name)).trim(),
		needsOne: isPersonalToken(credential('token')),
	}),
};

/**
 * For operations that a session key cannot do (API reference: "PAT only"). There is nothing to fill in, so the refusal uses
 * the name of the field here, which is the one in the credential.
 */
export const personalTokenOnly: { Token: Field } = {
	Token: {
		properties: [],
		read: ({ credential }) => isSessionKey(credential('token')),
		schema: z.literal(false, {
			error: 'the credential holds a session key (bps_sk_…), which cannot do this. Put a personal access token (bps_pat_…) in the Wapio credential; you can create one in the Wapio dashboard',
		}),
	},
};
