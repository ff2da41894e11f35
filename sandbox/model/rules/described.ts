import { rules } from './rules';

/** The names under which the model is listed. Any other name works, too. */
export const MODELS = ['gpt-5-mini', 'whisper-1'];

/** What the model does, for people. */
export const RULES = `A simulated model with a few fixed rules

It reads what a workflow gives it: the messages, the tools, and their results. The first rule that fits decides.

${rules.map(({ says }, index) => `${index + 1}. ${says}`).join('\n')}

It understands a handful of words in English and Indonesian. Its transcript of the sandbox's own voice note is always the
same; it does not hear other recordings. No request leaves this machine, and any API key works.
`;
