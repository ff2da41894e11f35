import { z } from 'zod';
import { MissingChoice, type ListLoader } from '../shared/operations/lists';
import { collectPages } from '../shared/operations/paging';
import { textOf } from '../shared/text';
import { templatePages } from './balesotomatis.fields';
import { templateListRequest } from './balesotomatis.requests';

const writing = z.union([z.string(), z.number()]).transform(String).nullish();

const account = z.object({
	info: z.object({
		devices: z
			.array(z.object({ number_id: writing, number_whatsapp: writing, state_connection: writing }))
			.nullish(),
	}),
});

const templates = z.array(
	z.object({
		templateId: writing,
		template_name: writing,
		template_language_code: writing,
		template_status: writing,
	}),
);

/** The connected numbers of the account with their state (collection: folder General, Info). */
export const numberList: ListLoader = async (send) => {
	const { data } = await send({ method: 'POST', path: '/info', json: {} });
	return (account.parse(data).info.devices ?? []).flatMap(({ number_id: id, number_whatsapp, state_connection }) =>
		id ? [{ name: [number_whatsapp, state_connection].filter(Boolean).join(' · ') || id, value: id }] : [],
	);
};

/**
 * The templates of a license key, those that can be sent first (collection: Get List Templates). The value is
 * `templateId`, Meta's number: `template_id` changes with each request, and a name may stand for a draft and an approved
 * one (observed in use).
 */
export const templateList: ListLoader = async (send, parameter, credential) => {
	const licenseKey = textOf(parameter('licenseKey')).trim() || textOf(credential('licenseKey')).trim();
	if (licenseKey === '') {
		throw new MissingChoice('Fill in License Key first, here or in the credential: templates belong to a number');
	}
	const list = await collectPages(send, templateListRequest(licenseKey, {}), templatePages, undefined);
	return templates
		.parse(list)
		.flatMap(({ templateId: id, template_name, template_language_code, template_status }) =>
			id ? [{ name: [template_name, template_language_code, template_status].filter(Boolean).join(' · '), value: id }] : [],
		)
		.sort((one, other) => rank(one.name) - rank(other.name) || one.name.localeCompare(other.name, 'en'));
};

function rank(name: string): number {
	return name.endsWith('APPROVED') ? 0 : 1;
}
