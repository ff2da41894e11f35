import { whacenter } from '../providers/whacenter/bench';
import { startProviderBench } from '../support/bench';
import { createEngine } from '../support/engine';
import { exampleWorkflows } from '../support/exampleWorkflows';
import { startTriggerHost } from '../support/triggerHost';

const examples = exampleWorkflows();
const fileOf = (id: string) => {
	const found = examples.find(({ file }) => file.id === id);
	if (!found) throw new Error(`There is no ${id}`);
	return found.file;
};

it('one number serves several workflows, each message the one that it is for', async () => {
	const bench = await startProviderBench(whacenter);
	const { control } = bench.sandbox;
	const engine = createEngine({
		nodes: { whacenter: whacenter.node, whacenterTrigger: whacenter.trigger },
		credentialTypes: [whacenter.credential],
		credentials: { whacenterApi: whacenter.credentialFor(bench.sandbox.baseUrl('whacenter')) },
		subWorkflows: [fileOf('whacenterOrders'), fileOf('whacenterOther')],
	});
	const host = await startTriggerHost(engine);
	try {
		const wf = host.deploy({ workflow: fileOf('whacenterSeveral'), workflowId: 'whacenterSeveral' });
		await wf.activate();
		const write = async (message: string) =>
			await control.incoming('whacenter', 'text', { overrides: { message } });
		await write('  ORDER 1234 please');
		await write('Are you open on Sunday?');
		await control.incoming('whacenter', 'group');
		await wf.idle();
		expect(wf.executions.map(({ error }) => error)).toEqual([undefined, undefined]);
		expect(control.messages('whacenter').map(({ text }) => text)).toEqual([
			expect.stringMatching(/^Hello .*, we are looking into order 1234 and will reply/),
			expect.stringMatching(/^Hello .*, thank you for your message\. /),
		]);
	} finally {
		await host.close();
		await engine.close();
		await bench.close();
	}
});
