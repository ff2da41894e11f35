/* What the simulated model answers: the first rule that fits. */
import type { Conversation, ModelAnswer, OfferedTool } from '../conversation';
import { readPicture } from '../picture';
import { rowsAbout, rowsOf, writeRow } from './rows';
import { longAnswer, TEXTS, type Texts } from './texts';
import { argumentsFor, toolFor } from './tools';
import { isSmallTalk, languageOf, overlap, topicWords, wantsLongAnswer, wantsPerson } from './words';

/** What the customer wants, and what there is to answer with. */
export interface Question {
	text: string;
	/** What it is about. */
	words: string[];
	texts: Texts;
	pictures: string[];
	/** What tools returned since the customer wrote. */
	results: Array<{ tool: string; text: string }>;
	knowledge: OfferedTool | undefined;
	handOver: OfferedTool | undefined;
	system: string;
}

interface Rule {
	/** For people, as a sentence. */
	says: string;
	/** undefined: the rule does not fit. */
	answer(question: Question): ModelAnswer | undefined;
}

/** How much of a message is read. */
const MAX_TEXT = 4_000;
const MAX_SYSTEM = 20_000;
const MAX_RESULT = 200_000;
const MAX_QUOTE = 500;
/** How its own descriptions of pictures begin. */
const [SEEN_PNG, SEEN_JPEG] = ['**PNG** picture', '**JPEG** picture'];

export const rules: Rule[] = [
	{
		says: 'The hand-over tool was called: it promises that a person will write.',
		answer({ results, handOver, texts }) {
			const result = results.findLast(({ tool }) => tool === handOver?.name);
			if (result === undefined) return undefined;
			return { text: /\berror\b/i.test(result.text.slice(0, 300)) ? texts.notHandedOver : texts.handedOver };
		},
	},
	{
		says: 'Another tool was called: it writes the answer from the rows that have the words of the question.',
		answer({ results, words, texts }) {
			const rows = rowsAbout(
				words,
				results.flatMap(({ text }) => rowsOf(text)),
			);
			if (rows.length === 0) return undefined;
			const found = rows.map((row) => writeRow(row, texts.readMore));
			return { text: [`## ${texts.found}`, ...found, texts.anythingElse].join('\n\n') };
		},
	},
	{
		says: 'No row has them: it calls the hand-over tool, or says that it does not know.',
		answer: (question) => (question.results.length > 0 ? unknown(question) : undefined),
	},
	{
		says: 'A picture, and no question about anything else: it says what kind of file it is, how large, and (of a PNG) mostly which color.',
		answer({ pictures, text, words, knowledge, texts }) {
			const isAbout = knowledge !== undefined && text.includes('?') && words.length > 0;
			if (pictures.length === 0 || isAbout) return undefined;
			const facts = pictures.slice(0, 5).map(readPicture);
			return {
				text: facts
					.map((each) => (each === undefined ? texts.unreadablePicture : texts.picture(each)))
					.join('\n\n'),
			};
		},
	},
	{
		says: 'A wish for a person ("I want to talk to a person"): it calls the hand-over tool.',
		answer: (question) =>
			wantsPerson(question.text) ? toPerson(question, 'wants to talk to a person') : undefined,
	},
	{
		says: '"Long answer": it writes several thousand characters with a list and a code block.',
		answer: ({ text, texts }) => (wantsLongAnswer(text) ? { text: longAnswer(texts) } : undefined),
	},
	{
		says: 'Small talk ("Hi", "Thanks"): it answers in a sentence.',
		answer: ({ text, texts }) =>
			isSmallTalk(text)
				? { text: /\b(thank|thanks|cheers|kasih|makasih)\b/i.test(text) ? texts.thanks : texts.hello }
				: undefined,
	},
	{
		says: 'A question, and a tool whose name or description says find, search, know, look up or the like: it calls it with the words of the customer.',
		answer: ({ text, knowledge }) =>
			knowledge === undefined
				? undefined
				: { calls: [{ tool: knowledge.name, arguments: argumentsFor(knowledge, text) }] },
	},
	{
		says: 'No such tool, but a sentence of the system message begins with "We" or "Our" and has a word of the question: it answers with this sentence.',
		answer({ system, words }) {
			// All other sentences are instructions, which are none of the customer's business.
			const facts = system.split(/(?<=[.!?])\s+|\n+/).filter((sentence) => /^\s*(we|our)\b/i.test(sentence));
			const scored = facts.map((fact) => ({ text: fact.trim(), score: overlap(words, fact) }));
			const [best] = scored.sort((one, other) => other.score - one.score);
			return best === undefined || best.score === 0 ? undefined : { text: best.text };
		},
	},
	{
		says: 'Anything else: it repeats what it saw in a picture, calls the hand-over tool, or says that it does not know.',
		answer: unknown,
	},
];

function unknown(question: Question): ModelAnswer {
	const description = pictureIn(question.text);
	if (description !== undefined) return { text: question.texts.seen(description) };
	if (question.handOver === undefined) return { text: question.texts.unknown };
	return toPerson(question, 'has a question that I cannot answer');
}

/** What this model said of a picture, where a workflow has it described before it asks. */
function pictureIn(text: string): string | undefined {
	const line = text.split('\n').find((each) => each.includes(SEEN_PNG) || each.includes(SEEN_JPEG));
	return line?.slice(Math.max(line.indexOf(SEEN_PNG), line.indexOf(SEEN_JPEG)));
}

/** Tells the team who wants what, as far as the system message says who it is. */
function toPerson({ handOver, texts, text, system }: Question, what: string): ModelAnswer {
	if (handOver === undefined) return { text: texts.cannotHandOver };
	const name = /\b(?:talk to|talking to|customer(?: is|:)|name(?: is|:))\s+(\p{Lu}[\p{L}'-]+)/u.exec(system)?.[1];
	const phone = /(?<!\d)\+?\d{8,15}(?!\d)/.exec(system)?.[0];
	const who = name ?? 'A customer';
	const summary = `${who}${phone === undefined ? '' : ` (${phone})`} ${what}: "${text.slice(0, MAX_QUOTE)}"`;
	return { calls: [{ tool: handOver.name, arguments: argumentsFor(handOver, summary) }] };
}

/** What the rules know of a conversation: its last message, and what came after it. */
export function questionIn({ turns, tools, system }: Conversation): Question {
	const last = turns.findLastIndex(({ by }) => by === 'customer');
	const before = turns.slice(0, last + 1).findLastIndex(({ by }) => by !== 'customer');
	// n8n's agent sends the pictures in a message of their own, after the words.
	const said = turns.slice(before + 1, last + 1);
	const pictures = said.flatMap((turn) => turn.pictures);
	const text = said
		.map((turn) => turn.text)
		.filter((each) => each !== '')
		.join('\n')
		.slice(0, MAX_TEXT);
	return {
		text,
		words: topicWords(text),
		texts: TEXTS[languageOf(text)],
		pictures,
		results: turns
			.slice(last + 1)
			.flatMap(({ by, tool = '', text: result }) =>
				by === 'tool' ? [{ tool, text: result.slice(0, MAX_RESULT) }] : [],
			),
		knowledge: toolFor('knowledge', tools),
		handOver: toolFor('handOver', tools),
		system: system.slice(0, MAX_SYSTEM),
	};
}
