export type { Answerer, Conversation, ModelAnswer, OfferedTool, ToolCall } from './conversation';
export { addModel, MODEL_PATH, type RunningModel, startModel } from './server';
