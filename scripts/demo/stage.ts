import type { INodeExecutionData } from 'n8n-workflow';
import type { ProviderName, Sandbox } from '../../sandbox';
import type { Engine } from '../../test/support/engine';
import type { WorkflowFile } from '../../test/support/workflows';

/** What happened over the whole demo, apart from what was sent: the sandbox has that. */
export interface Tally {
	/** Webhook deliveries from the sandbox. */
	received: number;
	/** Messages refused before or by the provider: nothing was sent. */
	refused: number;
	/** Messages with an unknown outcome. */
	unknown: number;
}

/** An example workflow and what it is played with. */
export interface Stage {
	engine: Engine;
	sandbox: Sandbox;
	file: WorkflowFile;
	/** The provider of the node of ours that it starts from, else of the first one in it. */
	provider: ProviderName;
	/** Where the workflow may write files. */
	folder: string;
	tally: Tally;
	/** Notes a detail, which `--verbose` prints. */
	say: (line: string) => void;
	/** Notes what a user should notice. One or two lines for each example. */
	notice: (line: string) => void;
}

/** Plays a workflow and returns how many messages the sandbox should have afterwards. Throws if something goes wrong. */
export type Play = (stage: Stage) => Promise<number>;

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
