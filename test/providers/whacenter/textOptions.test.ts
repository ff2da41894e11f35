import { whacenterAccount } from '../../../sandbox';
import { startProviderBench } from '../../support/bench';
import { whacenter } from './provider';

it('a file goes with the first part of a long text', async () => {
	const bench = await startProviderBench(whacenter.bench);
	try {
		const { error } = await bench.run({
			resource: 'message',
			operation: 'sendToGroup',
			groupName: whacenterAccount.groups[0] ?? '',
			text: 'one one one one.\n\ntwo two two two.',
			options: { longTexts: 'split', longestPart: 20, fileUrl: 'https://example.com/invoice.pdf' },
		});
		expect(error).toBeUndefined();
		const sent = bench.sandbox.control.messages().map((message) => JSON.stringify(message));
		expect(sent.map((message) => message.includes('invoice.pdf'))).toEqual([true, false]);
	} finally {
		await bench.close();
	}
});
