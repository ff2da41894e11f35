import {
	type IDataObject,
	type IExecuteFunctions,
	NodeApiError,
	NodeConnectionTypes,
	NodeOperationError,
} from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { textOf } from '../../text';
import { isN8n1 } from './n8n1';

/*
 * An AI agent runs a node as a tool in one of two ways (n8n-core 2.41). Agents before version 3, and whatever else takes
 * tools, call it from within their own run (get-input-connection-data.js): the node's input is the arguments then, `$json`
 * is what came into the agent, and each try of Retry On Fail has its own run index. The AI Agent node from version 3
 * on lets the engine run it like any other node (requests-response.js), and hands the model an error's message alone.
 */

/** The calls from within an agent, by their arguments: n8n hands the same object to each try of a call, and to no other call. */
const calls = new WeakMap<object, string>();

/** Whether an agent calls the node from within its own run. n8n 1 has no word for it, and gives each call its own run index. */
export function isCalledWithinAgent(context: IExecuteFunctions): boolean {
	return !isN8n1(context) && context.isToolExecution();
}

/** Whether the node's input is what a model gives: an agent calls it, or the engine runs it for one. */
export function isInputOfModel(context: IExecuteFunctions): boolean {
	return isCalledWithinAgent(context) || isRunForAgent(context);
}

function isRunForAgent(context: IExecuteFunctions): boolean {
	return context.getNode().rewireOutputLogTo === NodeConnectionTypes.AiTool;
}

/** Identifies a run of the node: the same for each try of Retry On Fail, another for each turn of a loop and each call by an agent. */
export function runOf(context: IExecuteFunctions): string {
	if (!isCalledWithinAgent(context)) return textOf(context.evaluateExpression('{{ $runIndex }}', 0));
	const [item] = context.getInputData();
	if (item === undefined) return '';
	const id = calls.get(item.json) ?? randomUUID();
	calls.set(item.json, id);
	return id;
}

/** What an agent gives to a tool that waits behind this node for a person's approval; undefined where none does. */
export function reviewedArguments(context: IExecuteFunctions): IDataObject | undefined {
	// n8n makes a node of this name out of each that has a Send and Wait operation.
	if (!context.getNode().type.endsWith('HitlTool')) return undefined;
	const given: unknown = context.evaluateExpression('{{ $tool.parameters }}', 0);
	return typeof given === 'object' && given !== null ? { ...given } : undefined;
}

/**
 * An error as a model is to read it: what to do about it is in the description, which n8n keeps from the model where the
 * engine runs the tool; where the agent calls it, n8n appends it in the same words.
 */
export function errorForModel(context: IExecuteFunctions, error: unknown): unknown {
	const isShown = error instanceof NodeApiError || error instanceof NodeOperationError;
	if (isRunForAgent(context) && isShown && error.description)
		error.message = `${error.message}\n\nDetails: ${error.description}`;
	return error;
}
