/* The folder "WhatsApp Business API" of BalesOtomatis: templates and conversations. Its requests carry `secret_key`. */
import type { FastifyInstance } from 'fastify';
import { randomBytes } from 'node:crypto';
import { isPlain } from '../../merge';
import { type ProviderContext, Refusal } from '../../types';
import { Fields, slice, sorted, wibDate, wrongParameter } from './fields';
import { balesOtomatisAccount, seedTemplates, type Template } from './seed';

const LANGUAGES: Record<string, string> = { id: 'Indonesian', en: 'English', en_US: 'English (US)' };
const HEADER_TYPES = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION'];
const BUTTON_TYPES = ['QUICK_REPLY', 'URL', 'PHONE_NUMBER'];

/** State and routes of the Business API. */
export class BusinessApi {
	private templates = seedTemplates();
	private lastTemplate = 910_000_000_000_000;

	constructor(private readonly context: ProviderContext) {}

	reset(): void {
		this.templates = seedTemplates();
	}

	routes(api: FastifyInstance): void {
		api.post('/create-template', async (request) => this.create(new Fields(request.body)));
		api.post('/get-template-list', async (request) => this.list(new Fields(request.body)));
		api.post('/send_message_template', async (request) => this.sendTemplate(new Fields(request.body)));
		api.post('/send_meta_personal_message', async (request) => this.send(new Fields(request.body)));
	}

	private create(fields: Fields): unknown {
		// Here, and only here, the name has another form.
		authorise(fields, 'licensesKey');
		const name = fields.text('name');
		const body = fields.text('body');
		const template: Template = {
			templateId: String(++this.lastTemplate),
			name,
			language: fields.text('language'),
			category: fields.oneOf('category', ['AUTHENTICATION', 'MARKETING', 'UTILITY']),
			body,
			footer: fields.optional('footer') ?? null,
			header: checkedHeader(fields.values.header),
			buttons: checkedButtons(fields.list('buttons')),
			status: 'DRAFT',
			createdAt: Date.now(),
		};
		const problem = metasProblem(name, body, fields.list('variables'));
		if (fields.values.submitToFacebook !== true) {
			this.templates.push(template);
			// `fb_response: null` tells a draft from a submission (third party).
			return { success: true, message: 'Template saved as draft', fb_response: null };
		}
		if (problem !== undefined) {
			return {
				success: false,
				message: 'Failed to submit template to Facebook',
				fb_response: { error: { message: problem, code: 100 } },
			};
		}
		this.templates.push({ ...template, status: 'IN_REVIEW' });
		return {
			success: true,
			message: 'Template submitted to Facebook for review',
			fb_response: { id: template.templateId, status: 'IN_REVIEW' },
			review_notice_title: 'Template Under Review',
			review_notice_message:
				'Meta may take 10 minutes to max 3 days (in rare case / first time create template) for template review',
		};
	}

	private list(fields: Fields): unknown {
		authorise(fields, 'licenses_key');
		const search = fields.optional('search')?.toLowerCase() ?? '';
		const byName = fields.optional('order_by') === 'template_name';
		const direction = fields.oneOf('order_dir', ['asc', 'desc'], 'desc');
		const found = this.templates.filter(({ name }) => name.toLowerCase().includes(search));
		const rows = sorted(found, ({ name, createdAt }) => (byName ? name : createdAt), direction);
		return {
			code: '200',
			message: 'Successfully',
			type: 'successfully',
			data: slice(rows, fields).map(asListed),
			TotalRecords: rows.length,
		};
	}

	private sendTemplate(fields: Fields): unknown {
		authorise(fields, 'licenses_key');
		if (isPlain(fields.values.template)) return this.sendNamedTemplate(fields, fields.values.template);
		const recipient = fields.number('recipients');
		fields.oneOf('platform', ['whatsapp_bisnis_api']);
		fields.oneOf('method_send', ['async', 'sync']);
		const id = fields.text('template');
		// Meta's id of an approved template; a name, or the id that changes with each list, is not found (third party).
		const template = this.templates.find(({ templateId, status }) => templateId === id && status === 'APPROVED');
		if (template === undefined) throw new Refusal(404, 'Template not found');
		const variables = fields.list('variables');
		if (variables.length !== placeholders(template.body).length) throw wrongParameter('variables');
		const text = template.body.replace(/\{\{(\d+)\}\}/g, (_all, place: string) =>
			String(variables[Number(place) - 1]),
		);
		this.accept(fields, { recipient, kind: 'template', text, url: null });
		return queued(template.name);
	}

	/** The other body of the same request (API reference: beside the answer): by name and language, in Meta's form. */
	private sendNamedTemplate(fields: Fields, wanted: Record<string, unknown>): unknown {
		const recipient = fields.number('reciptient');
		fields.oneOf('platform', ['whatsapp']);
		fields.oneOf('method_send', ['async', 'sync']);
		const template = this.templates.find(
			({ name, language, status }) =>
				name === wanted.name && language === wanted.language && status === 'APPROVED',
		);
		if (template === undefined) throw new Refusal(404, 'Template not found');
		const components = new Fields({ components: wanted.components }).list('components').map(checkedComponent);
		const texts = components.find(({ type }) => type === 'body')?.values ?? [];
		if (texts.length !== placeholders(template.body).length) throw wrongParameter('components');
		const buttons = components.filter(({ type }) => type === 'button');
		const known = Array.isArray(template.buttons) ? template.buttons.length : 0;
		if (buttons.some(({ index }) => Number(index) >= known)) throw wrongParameter('components');
		const text = template.body.replace(/\{\{(\d+)\}\}/g, (_all, place: string) => texts[Number(place) - 1] ?? '');
		this.accept(fields, { recipient, kind: 'template', text, url: null });
		return queued(template.name);
	}

	private send(fields: Fields): unknown {
		authorise(fields, 'licenses_key');
		const to = fields.number('reciptient'); // the API reference's spelling
		fields.oneOf('platform', ['whatsapp']);
		fields.oneOf('method_send', ['async', 'sync']);
		const { kind, url, text, details } = contentOf(fields);
		if (balesOtomatisAccount.outsideWindow.some((number) => number === to)) {
			// That a refusal has an object for its message, as a success has, is inferred.
			const detail =
				'Message failed to send because more than 24 hours have passed since the customer last replied.';
			return { code: '400', message: { state: 'failed', detail }, type: 'error', template: null };
		}
		this.accept(fields, { recipient: to, kind, text, url });
		const message_id = `wamid.${randomBytes(12).toString('base64url')}`;
		return {
			code: '200',
			message: { state: 'successfully', message_id, to, type: kind, ...details },
			type: 'successfully',
			template: null,
		};
	}

	private accept(
		fields: Fields,
		message: { recipient: string; kind: string; text: string | null; url: string | null },
	): void {
		this.context.accept({
			device: balesOtomatisAccount.businessNumber,
			recipientType: 'person',
			...message,
			raw: fields.values,
		});
	}
}

function queued(name: string): unknown {
	const bc_id = `BC-${randomBytes(6).toString('hex')}`;
	return { code: '200', message: 'queued', type: 'successfully', template: name, bc_id };
}

/** What a parameter of each kind holds (Meta's documentation of template messages). */
const PARAMETERS: Record<string, (parameter: Record<string, unknown>) => unknown> = {
	text: ({ text }) => text,
	payload: ({ payload }) => payload,
	coupon_code: ({ coupon_code }) => coupon_code,
	image: ({ image }) => (isPlain(image) ? image.link : undefined),
	video: ({ video }) => (isPlain(video) ? video.link : undefined),
	document: ({ document }) => (isPlain(document) ? document.link : undefined),
	location: ({ location }) =>
		isPlain(location) && typeof location.latitude === 'number' ? location.name : undefined,
};

/** One of the `components` of a template message. */
function checkedComponent(component: unknown): { type: string; index?: unknown; values: string[] } {
	if (!isPlain(component) || !Array.isArray(component.parameters)) throw wrongParameter('components');
	const { type, sub_type, index, parameters } = component;
	if (type !== 'header' && type !== 'body' && type !== 'button') throw wrongParameter('components');
	const isButton =
		['url', 'quick_reply', 'copy_code'].some((kind) => kind === sub_type) && /^\d$/.test(String(index));
	if (type === 'button' && !isButton) throw wrongParameter('components');
	const values = parameters.map((parameter: unknown) => {
		const value = isPlain(parameter) ? PARAMETERS[String(parameter.type)]?.(parameter) : undefined;
		if (typeof value !== 'string' || value === '') throw wrongParameter('components');
		return value;
	});
	return { type, index, values };
}

function authorise(fields: Fields, licenseField: string): void {
	if (fields.values.secret_key !== balesOtomatisAccount.apiKey) throw new Refusal(403, 'Invalid API Key');
	if (fields.text(licenseField) !== balesOtomatisAccount.licenseKey) throw new Refusal(404, 'Invalid Licenses Key');
}

function contentOf(fields: Fields): {
	kind: string;
	url: string | null;
	text: string | null;
	details: Record<string, unknown>;
} {
	const type = fields.optional('messageType');
	if (type === 'location') {
		const latitude = fields.coordinate('latitude');
		const longitude = fields.coordinate('longitude');
		const nameLocation = fields.text('nameLocation');
		return { kind: 'location', url: null, text: nameLocation, details: { latitude, longitude, nameLocation } };
	}
	if (type === 'document') {
		const url = fields.url('file_url');
		const fileName = fields.text('fileName');
		return { kind: 'document', url, text: fileName, details: { fileName, url } };
	}
	if (type !== undefined) throw wrongParameter('messageType');
	if (fields.optional('image_url') !== undefined) {
		const url = fields.url('image_url');
		fields.oneOf('send_as_caption', ['0', '1']);
		const caption = fields.optional('message') ?? '';
		return { kind: 'image', url, text: caption, details: { url, caption } };
	}
	return { kind: 'text', url: null, text: fields.text('message'), details: { detail: 'Message queued to be sent.' } };
}

/** The forms of the API reference's two headers, one in a request and one in an answer; the others follow them (inferred). */
function checkedHeader(header: unknown): unknown {
	if (header === undefined || header === null) return null;
	if (!isPlain(header) || !HEADER_TYPES.some((type) => type === header.type)) throw wrongParameter('header');
	if (header.type !== 'LOCATION') {
		if (typeof header.content !== 'string' || header.content === '') throw wrongParameter('header.content');
		return header;
	}
	const isComplete =
		typeof header.name === 'string' && typeof header.latitude === 'number' && typeof header.longitude === 'number';
	if (!isComplete) throw wrongParameter('header');
	return header;
}

function checkedButtons(buttons: unknown[]): unknown[] {
	for (const button of buttons) {
		const isRight =
			isPlain(button) &&
			BUTTON_TYPES.some((type) => type === button.type) &&
			isPlain(button.data) &&
			typeof button.data.label === 'string';
		if (!isRight) throw wrongParameter('buttons');
	}
	return buttons;
}

/** What Meta refuses, in the words that were seen (the second) or in its style. */
function metasProblem(name: string, body: string, variables: unknown[]): string | undefined {
	if (!/^[a-z0-9_]+$/.test(name)) return 'Template name can only have lowercase letters, numbers and underscores.';
	if (/\{\{\d+\}\}[\s.!?]*$/.test(body)) return "Variables can't be at the end of the template body.";
	if (/^\s*\{\{\d+\}\}/.test(body)) return "Variables can't be at the start of the template body.";
	if (placeholders(body).length !== variables.length) return 'The number of variables does not match the body.';
	return undefined;
}

function placeholders(body: string): string[] {
	return [...new Set(body.match(/\{\{\d+\}\}/g) ?? [])];
}

function asListed(template: Template): unknown {
	return {
		template_name: template.name,
		template_category: template.category,
		template_content: template.body,
		template_footer: template.footer,
		template_header: template.header,
		template_buttons: template.buttons,
		templateId: template.templateId,
		template_status: template.status,
		template_language_code: template.language,
		template_license_key: balesOtomatisAccount.licenseKey,
		template_waba: `+${balesOtomatisAccount.businessNumber}`,
		template_language_name: LANGUAGES[template.language] ?? template.language,
		template_created_at: wibDate(template.createdAt),
		template_updated_at: wibDate(template.createdAt),
		// Another one in each answer (third party).
		template_id: randomBytes(24).toString('base64'),
	};
}
