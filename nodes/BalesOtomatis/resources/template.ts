import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import {
	defaultCountryOption,
	optionsField,
	timeLimitMs,
	timeLimitOption,
} from '../../shared/messaging/fields/options';
import { phoneNumber } from '../../shared/messaging/fields/recipients';
import { collectionField } from '../../shared/operations/define/field';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { pick, without } from '../../shared/operations/define/outputFields';
import { simplify } from '../../shared/operations/define/simplify';
import { metaError } from '../api/balesOtomatisApi';
import { withTimes } from '../api/indonesianTime';
import { templatePages } from '../api/pages';
import { jsonRequest, templateListRequest } from '../api/requests';
import { sent } from '../api/sentMessage';
import { deliveryOption, messageOptions } from '../fields/content';
import { directionProperty, filterSchema, searchProperty } from '../fields/filters';
import { licenseKey } from '../fields/number';
import { category, content, footerOption, footerSchema, language, name, submit } from '../fields/template';
import { buttonValues, componentsOf, headerValue, templateChoice, variables } from '../fields/templateMessage';
import { buttons, header } from '../fields/templateParts';

const createOptions = optionsField([footerOption, timeLimitOption], { footer: footerSchema });
const sendOptions = optionsField([defaultCountryOption, deliveryOption, timeLimitOption], messageOptions);

const order: INodeProperties = {
	displayName: 'Order By',
	name: 'orderBy',
	type: 'options',
	options: [
		{ name: 'Category', value: 'template_category' },
		{ name: 'Created', value: 'template_created_at' },
		{ name: 'Name', value: 'template_name' },
		{ name: 'Status', value: 'template_status' },
		{ name: 'Updated', value: 'template_updated_at' },
	],
	default: 'template_name',
	description: 'How to order the templates. Without this filter, they are ordered by creation date.',
};

const filters = collectionField(
	{ displayName: 'Filters', name: 'filters', placeholder: 'Add filter' },
	[order, directionProperty('desc'), searchProperty('order_status')],
	filterSchema,
);

/**
 * API reference: folder Templates, Create Template, which calls the license key `licensesKey`. Its answer may say yes while
 * Meta refused (`fb_response.error`, observed in use).
 */
const create = defineOperation({
	value: 'create',
	name: 'Create',
	action: 'Create a message template',
	description: 'Create a message template and submit it to Meta for review, or save it as a draft',
	effect: 'change',
	fields: { license: licenseKey, name, language, category, header, content, buttons, submit, options: createOptions },
	refusal: (data) => {
		const answer = z.object({ fb_response: z.unknown() }).safeParse(data).data;
		const words = metaError(answer?.fb_response);
		return words === undefined ? undefined : `Meta: ${words}`;
	},
	request: (values) =>
		jsonRequest(
			'/create-template',
			{
				licensesKey: values.license,
				name: values.name,
				language: values.language,
				category: values.category,
				submitToFacebook: values.submit,
				header: values.header,
				...values.content,
				footer: values.options.footer,
				buttons: values.buttons,
			},
			timeLimitMs(values.options),
		),
});

/** What is needed to send a template, and how it looks. */
function simple(template: IDataObject): IDataObject {
	const kept = pick(
		template,
		...['templateId', 'template_name', 'template_language_code', 'template_category', 'template_status'],
		...['template_content', 'template_header', 'template_footer', 'template_buttons', 'template_updated_at'],
	);
	return withTimes(kept, 'template_updated_at');
}

/** API reference: folder Templates, Get List Templates. */
const getMany = defineOperation({
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many message templates',
	description: 'Get the message templates of a number with their content and status',
	effect: 'read',
	fields: { license: licenseKey, simplify, filters },
	paging: templatePages,
	request: (values) => templateListRequest(values.license, values.filters),
	// Each template contains the license key, with which messages can be sent.
	output: (templates, values) =>
		(templates as IDataObject[]).map((template) =>
			values.simplify ? simple(template) : without(template, 'template_license_key'),
		),
});

/**
 * API reference: folder Templates, Send Template. By ID: `template` is Meta's number of an approved template, `recipients` one
 * number and `platform` always the same (observed in use). By name: the body shown with the answer, with a different
 * name for the recipient and a different platform.
 */
const send = defineOperation({
	value: 'send',
	name: 'Send',
	action: 'Send a message template to a person',
	description: 'Send an approved message template to a person, even if they have not written to you',
	effect: 'send',
	fields: {
		license: licenseKey,
		number: phoneNumber,
		template: templateChoice,
		header: headerValue,
		variables,
		buttons: buttonValues,
		options: sendOptions,
	},
	request: ({ license, template: chosen, number, header: headerOf, variables: body, buttons: ofButtons, options }) =>
		jsonRequest(
			'/send_message_template',
			chosen.by === 'id'
				? {
						licenses_key: license,
						recipients: number,
						platform: 'whatsapp_bisnis_api',
						method_send: options.delivery,
						template: chosen.id,
						variables: body,
					}
				: {
						licenses_key: license,
						reciptient: number,
						platform: 'whatsapp',
						method_send: options.delivery,
						template: {
							name: chosen.name,
							language: chosen.language,
							components: componentsOf(headerOf, body, ofButtons),
						},
					},
			timeLimitMs(options),
		),
	output: (data, values) => sent(data, { phone: values.number }),
});

export const template: Resource = {
	value: 'template',
	name: 'Template',
	operations: [getMany, create, send],
};
