import type { z } from 'zod';

/*
 * Meta's rules for message templates, from its documentation of template components. They are
 * checked before anything is sent, because Meta's own refusal comes minutes to days later. One of them was seen (observed in
 * use) as an answer of this API: "Variables can't be at the end of the template body."
 */

/** Characters, by part. */
export const LIMITS = { name: 512, headerText: 60, body: 1024, footer: 60, label: 25, url: 2000 };

/** How many of each kind of button a template may have. */
const MOST_BUTTONS = 10;
const MOST_OF_TYPE: Record<string, number> = { URL: 2, PHONE_NUMBER: 1 };

const VARIABLE = /\{\{([^{}]*)\}\}/g;

/** What is wrong with a text that may be of a certain length and holds no variables; undefined if nothing is. */
export function plainTextProblem(text: string, most: number): string | undefined {
	if (text.length > most) return `it has ${text.length} characters; Meta allows ${most}`;
	return /\{\{|\}\}/.test(text) ? 'variables such as {{1}} are allowed only in the body' : undefined;
}

/** The numbers of the variables in a body, each once, in order of appearance. */
export function variablesIn(body: string): string[] {
	return [...new Set([...body.matchAll(VARIABLE)].map((found) => (found[1] ?? '').trim()))];
}

/** What is wrong with a template's body; undefined if nothing is. */
export function bodyProblem(body: string): string | undefined {
	const text = body.trim();
	if (text === '') return 'write the text of the template';
	if (text.length > LIMITS.body) return `it has ${text.length} characters; Meta allows ${LIMITS.body}`;
	if (/\{\{|\}\}/.test(text.replace(VARIABLE, ''))) {
		return 'a variable is missing its opening or closing braces. Write variables as {{1}}, {{2}} and so on';
	}
	const names = variablesIn(text);
	const expected = names.map((_name, index) => String(index + 1));
	if (names.join() !== expected.join()) {
		return `variables must be numbered in order from {{1}}, without gaps; found: ${names.map((name) => `{{${name}}}`).join(', ')}`;
	}
	if (/^\{\{/.test(text)) return 'a variable cannot be at the start. Put a word before it';
	if (/\}\}$/.test(text)) return 'a variable cannot be at the end. Put a word after it';
	if (/\}\}\s*\{\{/.test(text)) return 'two variables cannot follow each other. Put a word between them';
	return undefined;
}

/** What is wrong with the buttons as a whole; undefined if nothing is. */
export function buttonsProblem(types: string[]): string | undefined {
	if (types.length > MOST_BUTTONS) return `there are ${types.length}; Meta allows ${MOST_BUTTONS}`;
	for (const [type, most] of Object.entries(MOST_OF_TYPE)) {
		const count = types.filter((each) => each === type).length;
		const name = type === 'URL' ? 'links' : 'phone numbers';
		if (count > most) return `${count} of them are ${name}; Meta allows ${most}`;
	}
	const changes = types.filter(
		(type, index) => index > 0 && (type === 'QUICK_REPLY') !== (types[index - 1] === 'QUICK_REPLY'),
	);
	return changes.length > 1
		? 'quick replies must be next to each other, before or after the other buttons'
		: undefined;
}

/** Adds `problem` to a field, if there is one. */
export function complain(context: z.RefinementCtx, path: Array<string | number>, problem: string | undefined): void {
	if (problem !== undefined) context.addIssue({ code: 'custom', path, message: problem });
}

/** The list, or undefined if it is empty: the request leaves out what the template does not have. */
export function filled<T>(list: T[] | undefined): T[] | undefined {
	return list && list.length > 0 ? list : undefined;
}
