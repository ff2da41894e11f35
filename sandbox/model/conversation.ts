/* What a model is given and what it answers, whichever of OpenAI's two APIs carries it. */

/** One turn of a conversation. */
export interface Turn {
	by: 'customer' | 'model' | 'tool';
	text: string;
	/** The URLs of its pictures; `data:` URLs hold the picture itself. */
	pictures: string[];
	/** The tools that the model called in this turn. */
	calls: ToolCall[];
	/** The tool whose result this turn is. */
	tool?: string;
}

/** A tool as a model sees it. */
export interface OfferedTool {
	name: string;
	description: string;
	/** JSON Schema of the arguments, as it came. */
	parameters: unknown;
}

/** A call of a tool. */
export interface ToolCall {
	tool: string;
	arguments: unknown;
}

/** All that one request says. */
export interface Conversation {
	/** What the request calls the model; any name will do. */
	model: string;
	/** The system messages. */
	system: string;
	turns: Turn[];
	tools: OfferedTool[];
}

/** What a model answers: tool calls, or a text if there are none. */
export interface ModelAnswer {
	text?: string;
	calls?: ToolCall[];
}

/** Answers a conversation. Must not throw: what it is given is foreign. */
export type Answerer = (conversation: Conversation) => ModelAnswer;
