import { z } from 'zod';
import { Refusal } from '../types';

/** Where OpenAI says what is wrong: the field of the request, and a code. */
export interface ErrorDetail {
	param?: string;
	code?: string;
}

/** Far more than an agent sends; a request beyond it is a mistake. */
export const MAX_TURNS = 2_000;
export const MAX_TOOLS = 128;

export const name = z.string().min(1).max(200);

/** A text, or parts of which text and pictures are read. Both APIs, each with its own names for them. */
export const content = z.union([
	z.string(),
	z
		.array(
			z.discriminatedUnion('type', [
				z.object({ type: z.enum(['text', 'input_text', 'output_text']), text: z.string() }),
				z.object({ type: z.literal('refusal'), refusal: z.string() }),
				z.object({
					type: z.literal('image_url'),
					image_url: z.union([z.string(), z.object({ url: z.string() })]),
				}),
				z.object({ type: z.literal('input_image'), image_url: z.string() }),
			]),
		)
		.max(MAX_TURNS),
]);

export type ContentInput = z.output<typeof content>;

/** The text of a message, and the URLs of its pictures. */
export function textAndPictures(given: ContentInput | null | undefined): { text: string; pictures: string[] } {
	if (given === null || given === undefined) return { text: '', pictures: [] };
	if (typeof given === 'string') return { text: given, pictures: [] };
	const texts: string[] = [];
	const pictures: string[] = [];
	for (const part of given) {
		if (part.type === 'refusal') texts.push(part.refusal);
		else if (part.type === 'image_url' || part.type === 'input_image')
			pictures.push(typeof part.image_url === 'string' ? part.image_url : part.image_url.url);
		else texts.push(part.text);
	}
	return { text: texts.join('\n'), pictures };
}

/** The arguments of an earlier call; what is no JSON stays a text. */
export function argumentsOf(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/**
 * Reads a request's body.
 *
 * @throws a Refusal with status 400 that names the field that is wrong
 */
export function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
	const result = schema.safeParse(body ?? {});
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	const param = (issue?.path ?? []).map(String).join('.');
	throw refused(`Invalid value for '${param}': ${issue?.message ?? 'not readable'}.`, { param });
}

/** A request that the simulated model cannot answer, in OpenAI's form. */
export function refused(message: string, detail: ErrorDetail = {}, status = 400): Refusal {
	return new Refusal(status, message, detail);
}
