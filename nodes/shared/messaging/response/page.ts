import type { Question } from './fields';
import { LANGUAGES, type PageTexts } from './language';
import { type PageSettings, textsOf } from './settings';

/** Signs that end a text in HTML. */
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** What keeps the page to itself: no scripts, nothing from elsewhere, no frame around it, no trace of its address. */
export const PAGE_HEADERS: Record<string, string> = {
	'content-type': 'text/html; charset=utf-8',
	'content-security-policy':
		"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	'cache-control': 'no-store',
	'referrer-policy': 'no-referrer',
	'x-robots-tag': 'noindex, nofollow',
	'x-content-type-options': 'nosniff',
};

const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f23;--paper:#fff;--line:#c9ced6;--accent:#0b6b4f}
@media(prefers-color-scheme:dark){:root{--ink:#f0f2f5;--paper:#16191d;--line:#454b55;--accent:#37b28a}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.5 system-ui,sans-serif}
main{max-width:34rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.25rem;margin:0 0 1rem}
.message{white-space:pre-wrap;overflow-wrap:anywhere;border-inline-start:.25rem solid var(--line);padding-inline-start:.75rem;margin:0 0 1.5rem}
fieldset{border:0;margin:0;padding:0}
legend,label.text{font-weight:600;padding:0;margin-bottom:.5rem;display:block}
.choice{display:flex;gap:.75rem;align-items:flex-start;padding:.75rem;border:1px solid var(--line);border-radius:.5rem;margin-bottom:.5rem;min-height:3rem}
.choice input{width:1.25rem;height:1.25rem;margin:.15rem 0 0;flex:none}
textarea{width:100%;min-height:8rem;padding:.75rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:.5rem}
button{width:100%;min-height:3rem;margin-top:1rem;font:inherit;font-weight:600;color:var(--paper);background:var(--accent);border:0;border-radius:.5rem}
:focus-visible{outline:.2rem solid var(--accent);outline-offset:.15rem}
.problem{font-weight:600;margin:0 0 1rem}
`;

/** A text as HTML. */
function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
}

/** A page of a language. */
interface Page {
	settings: PageSettings;
}

/** The page with a question, and the button that answers it. */
interface Form extends Page {
	message: string;
	question: Question;
	/** For approvals: the one button that this link is for. */
	button?: string;
	/** What was wrong with an answer. */
	problem?: string;
}

/**
 * The page behind a link. Opening it decides nothing, since previews of links open them, too: only its button does. It
 * posts to its own address, which n8n has signed to the letter.
 */
export function formPage({ settings, message, question, button, problem }: Form): string {
	const texts = textsOf(settings);
	const content = [
		`<h1>${escapeHtml(texts.heading)}</h1>`,
		`<p class="message" dir="auto">${escapeHtml(message)}</p>`,
		problem === undefined ? '' : `<p class="problem" role="alert">${escapeHtml(problem)}</p>`,
		`<form method="post">${fieldsOf(question, texts)}<button type="submit">${escapeHtml(button ?? texts.button)}</button></form>`,
	];
	return page(settings, texts.heading, content.join('\n'));
}

/** The page after an answer, which it repeats. */
export function thanksPage({ settings, answer }: Page & { answer: string }): string {
	const { thanks, recorded, answered } = textsOf(settings);
	const repeated = `<p><strong>${escapeHtml(answered)}</strong></p>\n<p class="message" dir="auto">${escapeHtml(answer)}</p>`;
	return page(settings, thanks, `<h1>${escapeHtml(thanks)}</h1>\n${repeated}\n<p>${escapeHtml(recorded)}</p>`);
}

/** The page of a link whose question was answered or has expired. */
export function overPage({ settings }: Page): string {
	const { over, overText } = textsOf(settings);
	return page(settings, over, `<h1>${escapeHtml(over)}</h1>\n<p>${escapeHtml(overText)}</p>`);
}

function fieldsOf(question: Question, { answerLabel }: PageTexts): string {
	const label = escapeHtml(answerLabel);
	switch (question.kind) {
		case 'approval':
			return '';
		case 'freeText':
			return `<label class="text" for="text">${label}</label><textarea id="text" name="text" dir="auto" required maxlength="10000"></textarea>`;
		case 'choice': {
			const options = question.choices.map(
				(choice, index) =>
					`<label class="choice"><input type="radio" name="choice" value="${index}" required> <span dir="auto">${escapeHtml(choice)}</span></label>`,
			);
			return `<fieldset><legend>${label}</legend>${options.join('')}</fieldset>`;
		}
	}
}

function page({ language }: PageSettings, title: string, content: string): string {
	return `<!doctype html>
<html lang="${language}" dir="${LANGUAGES[language].direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`;
}
