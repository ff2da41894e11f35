import type { INodeExecutionData } from 'n8n-workflow';
import type { ProviderName, Sandbox } from '../../sandbox';
import type { Engine } from '../../test/support/engine';
import type { WorkflowFile } from '../../test/support/workflows';

/** An example workflow and what it is played with. */
export interface Stage {
	engine: Engine;
	sandbox: Sandbox;
	file: WorkflowFile;
	/** The provider of the node of ours that it starts from, else of the first one in it. */
	provider: ProviderName;
	/** Where the workflow may write files. */
	folder: string;
}

/** Plays a workflow, prints what happens, and answers how many messages are due in the sandbox. Throws where it goes wrong. */
export type Play = (stage: Stage) => Promise<number>;

/** Tells something, below the name of the workflow. */
export function say(line: string): void {
	console.log(`  ${line}`);
}

/** Ends the play unless both are the same. */
export function expect(actual: unknown, expected: unknown, what: string): void {
	const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
	if (left !== right) throw new Error(`${what}: expected ${right}, got ${left}`);
}

/** Some fields of an item, one after the other. */
export function fields(item: INodeExecutionData | undefined, ...names: string[]): string {
	return names
		.map((name) => item?.json[name])
		.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
		.join(', ');
}
