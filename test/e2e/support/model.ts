/* A language model that says what a test tells it to. */
import { type Conversation, type ModelAnswer, type OfferedTool, startModel } from '../../../sandbox/model';

/** The model and the requests it got. */
export interface ScriptedModel {
	/** The base URL for a credential. */
	url: string;
	/** Sets the next answers; after those it says "Done." Forgets earlier requests. */
	script(...answers: ModelAnswer[]): void;
	/** The tools that were offered in the latest request. */
	tools(): ScriptedTool[];
	/** What the tools returned, according to the latest request. */
	results(): string[];
	close(): Promise<void>;
}

/** A tool with the part of its JSON Schema that tests look at. */
interface ScriptedTool extends OfferedTool {
	parameters: { properties?: Record<string, { type?: string; description?: string }>; required?: string[] };
}

/** Starts the model on a free port of 127.0.0.1. */
export async function startScriptedModel(): Promise<ScriptedModel> {
	const requests: Conversation[] = [];
	const answers: ModelAnswer[] = [];
	const model = await startModel((conversation) => {
		requests.push(conversation);
		return answers.shift() ?? { text: 'Done.' };
	});
	return {
		...model,
		script(...next) {
			requests.length = 0;
			answers.splice(0, answers.length, ...next);
		},
		tools: () => (requests.at(-1)?.tools ?? []) as ScriptedTool[],
		results: () => (requests.at(-1)?.turns ?? []).filter(({ by }) => by === 'tool').map(({ text }) => text),
	};
}
