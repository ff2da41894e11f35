import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { RequestRecord, SentMessage } from '../../../../sandbox';
import type { NodeResult } from '../../../support/results';
import { type Bench, credentialFor, startBench } from '../bench';

/** Wapio's node on the sandbox. */
interface WapioOperations {
	bench: () => Bench;
	baseUrl: () => string;
	run: (
		parameters: IDataObject,
		credential?: ICredentialDataDecryptedObject,
		items?: INodeExecutionData[],
	) => Promise<NodeResult>;
	/** The first item of an operation that succeeds. */
	only: (parameters: IDataObject, credential?: ICredentialDataDecryptedObject) => Promise<IDataObject | undefined>;
	messages: () => SentMessage[];
	requests: () => RequestRecord[];
}

/** Starts one bench without a rate limit for the tests of this file. */
export function useOperations(): WapioOperations {
	let bench: Bench;
	beforeAll(async () => {
		bench = await startBench();
	});
	afterAll(async () => {
		await bench.close();
	});
	beforeEach(() => {
		bench.sandbox.control.reset();
		bench.sandbox.control.setRateLimit('wapio', null);
	});

	const baseUrl = () => bench.sandbox.baseUrl('wapio');
	const run: WapioOperations['run'] = async (parameters, credential = credentialFor(baseUrl()), items) =>
		await bench.run(parameters as INodeParameters, { credentials: { wapioApi: credential }, items });
	return {
		bench: () => bench,
		baseUrl,
		run,
		only: async (parameters, credential) => {
			const result = await run(parameters, credential);
			expect(result.error).toBeUndefined();
			return result.outputs[0]?.[0]?.json;
		},
		messages: () => bench.sandbox.control.messages(),
		requests: () => bench.sandbox.control.requests(),
	};
}

/** The number that messages go to. */
export const NUMBER = '212600000001';

/** An expression that turns out empty; n8n itself refuses what is left empty in the panel. */
export const empty = '={{ $json.nothing ?? "" }}';

/** Parameters of a message to a person. */
export const toPerson = { resource: 'message', sendTo: 'person', phoneNumber: NUMBER };

/** The address of a file. */
export const url = 'https://example.com/file.bin';
