import { z } from 'zod';
import { textOrNumber } from '../shared/lenientSchemas';
import { type ListLoader, MissingChoice } from '../shared/operations/define/lists';
import { textOf } from '../shared/text';
import { grabPages, listPages, templatePages } from './api/pages';
import { contactListRequest, grabRequest, templateListRequest } from './api/requests';

const labelPart = textOrNumber.nullish();

const account = z.object({
	info: z.object({
		devices: z
			.array(z.object({ number_id: labelPart, number_whatsapp: labelPart, state_connection: labelPart }))
			.nullish(),
	}),
});

const templates = z.array(
	z.object({
		templateId: labelPart,
		template_name: labelPart,
		template_language_code: labelPart,
		template_status: labelPart,
	}),
);

const groups = z.array(
	z.object({
		id: z.coerce.string(),
		groupname: labelPart,
		participants: z.array(z.unknown()).nullish().catch(undefined),
	}),
);

const contactLists = z.array(
	z.object({ contacts_id: z.coerce.string(), contacts_name: labelPart, contacts_audience: labelPart }),
);

/** The connected numbers of the account with their state (API reference: folder General, Info). */
export const numberList: ListLoader = async (send) => {
	const { data } = await send({ method: 'POST', path: '/info', json: {} });
	return (account.parse(data).info.devices ?? []).flatMap(({ number_id: id, number_whatsapp, state_connection }) =>
		id ? [{ name: [number_whatsapp, state_connection].filter(Boolean).join(' · ') || id, value: id }] : [],
	);
};

/**
 * The templates of a license key, those that can be sent first (API reference: Get List Templates). The value is
 * `templateId`, Meta's number: `template_id` changes with each request, and a draft and an approved template may have the same
 * name (observed in use).
 */
export const templateList: ListLoader = (_send, parameter, credential) => {
	const licenseKey = textOf(parameter('licenseKey')).trim() || textOf(credential('licenseKey')).trim();
	if (licenseKey === '') {
		throw new MissingChoice(
			'Fill in License Key first, here or in the credential: each number has its own templates',
		);
	}
	return {
		request: templateListRequest(licenseKey, {}),
		paging: templatePages,
		entries: (elements) =>
			templates
				.parse(elements)
				.flatMap(({ templateId: id, template_name, template_language_code, template_status }) =>
					id
						? [
								{
									name: [template_name, template_language_code, template_status]
										.filter(Boolean)
										.join(' · '),
									value: id,
								},
							]
						: [],
				)
				.sort((one, other) => rank(one.name) - rank(other.name) || one.name.localeCompare(other.name, 'en')),
	};
};

/** The WhatsApp groups of the chosen number (API reference: Grabbing, Group). */
export const groupList: ListLoader = (_send, parameter, credential) => {
	const numberId = textOf(parameter('number')).trim() || textOf(credential('numberId')).trim();
	if (numberId === '') {
		throw new MissingChoice(
			'Choose a number in Send From first, or set Default Number ID in the credential: each number has its own groups',
		);
	}
	return {
		request: grabRequest(numberId, 'group'),
		paging: grabPages,
		entries: (elements) =>
			groups
				.parse(elements)
				.map(({ id, groupname, participants }) => ({
					name:
						[groupname, participants && `${participants.length} participants`]
							.filter(Boolean)
							.join(' · ') || id,
					value: id,
				}))
				.sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true })),
	};
};

/** The contact lists of the account with their size (API reference: List Contacts). */
export const contactListList: ListLoader = () => ({
	request: contactListRequest({}),
	paging: listPages,
	entries: (elements) =>
		contactLists.parse(elements).map(({ contacts_id: id, contacts_name, contacts_audience }) => ({
			name: [contacts_name, contacts_audience && `${contacts_audience} people`].filter(Boolean).join(' · ') || id,
			value: id,
		})),
});

function rank(name: string): number {
	return name.endsWith('APPROVED') ? 0 : 1;
}
