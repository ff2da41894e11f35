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
	description: 'The connected WhatsApp number that does the work',
	hint: 'Empty: the default session of the credential',
	search: 'searchSessions',
	byHand: { placeholder: 'e.g. bps_sess_ws_0123456789' },
});

/** The same where something is done away with: the credential's default does not do. */
const chosenProperty: INodeProperties = locator({
	displayName: 'Session',
	name: 'session',
	required: true,
	description:
		'The connected WhatsApp number. It has to be chosen here: the default session of the credential does not count for what cannot be undone.',
	search: 'searchSessions',
	byHand: { placeholder: 'e.g. bps_sess_ws_0123456789' },
});

const CHOOSE = 'choose a session from the list, or give its ID';

/** A session that is deleted, disconnected, or the like. */
export const chosenOnly: Field<string> = field(chosenProperty, requiredId(CHOOSE));

/** The session that was chosen, else the credential's; empty if there is neither. */
export function chosenSession({ parameter, credential }: Pick<ItemReader, 'parameter' | 'credential'>): string {
	return textOf(parameter(sessionProperty.name)).trim() || textOf(credential('sessionId')).trim();
}

/** The session of a request that has it in its path. */
export const sessionId: Field<string> = {
	properties: [sessionProperty],
	read: chosenSession,
	schema: requiredId('choose a session from the list, give its ID, or fill in Default Session ID in the credential'),
};

/** The session of a request under `/api`: the key of a session needs none, a personal access token does. */
export const session: Field<string | undefined> = {
	properties: [sessionProperty],
	read: (item) => ({ id: chosenSession(item), needsOne: isPersonalToken(item.credential('token')) }),
	schema: z
		.object({ id: z.string(), needsOne: z.boolean() })
		.refine(({ id, needsOne }) => id !== '' || !needsOne, {
			error: 'choose a session from the list, give its ID, or fill in Default Session ID in the credential. A personal access token (bps_pat_…) can use every session of the account and has none of its own',
		})
		.transform(({ id }) => id || undefined),
};

/** The session that leaves something. The key of a session has its own, which is no default. */
export const leavingSession: Field<string | undefined> = {
	...session,
	properties: [{ ...chosenProperty, required: false }],
	read: ({ parameter, credential }) => ({
		id: textOf(parameter(chosenProperty.name)).trim(),
		needsOne: isPersonalToken(credential('token')),
	}),
};

/**
 * For operations that the key of a session may not do (API reference: "PAT only"). There is nothing to fill in, so the
 * refusal calls it by the name it has here, which is the credential's.
 */
export const personalTokenOnly: { Token: Field } = {
	Token: {
		properties: [],
		read: ({ credential }) => isSessionKey(credential('token')),
		schema: z.literal(false, {
			error: 'the credential holds the key of a session (bps_sk_…), which may not do this. Put a personal access token (bps_pat_…) into the Wapio credential; it is made in the Wapio dashboard',
		}),
	},
};
