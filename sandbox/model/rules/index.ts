import type { Answerer } from '../conversation';
import { questionIn, rules } from './rules';

/** A stand-in for a language model: a few fixed rules over what it was given, the same answer each time. */
export const simulatedAnswer: Answerer = (conversation) => {
	const question = questionIn(conversation);
	for (const rule of rules) {
		const answer = rule.answer(question);
		if (answer !== undefined) return answer;
	}
	return { text: question.texts.unknown };
};
