/* A large file, up and down, n8n's binary data being on disk. */
import { Readable } from 'node:stream';
import type { INodeParameters } from 'n8n-workflow';
import { loadPackage } from '../../scripts/n8n/packed';
import { createEngine, type NodeRun } from '../../test/support/engine';
import type { NodeResult } from '../../test/support/results';
import type { Cost, FileJob, Places } from '../jobs';
import { Courier, CourierApi } from './courier';
import { DEVICE, KEYS } from './items';
import { measured } from './measure';
import { nodesFromN8n } from './n8nNodes';

const PIECE = Buffer.alloc(64 * 1024, 0xa7);

function* pieces(bytes: number): Generator<Buffer> {
	for (let left = bytes; left > 0; left -= PIECE.length) yield left < PIECE.length ? PIECE.subarray(0, left) : PIECE;
}

/** Which node moves the file, with which parameters; the address is the one thing that differs between two runs. */
type Move = (address: string, bytes: number) => Pick<NodeRun, 'type' | 'parameters' | 'credentials'>;

const httpRequest = (url: string, parameters: INodeParameters): ReturnType<Move> => ({
	type: 'n8n-nodes-base.httpRequest',
	parameters: { method: 'POST', url, authentication: 'none', sendBody: true, ...parameters },
});

const moves: Record<FileJob['contestant'], Record<FileJob['direction'], Move>> = {
	ours: {
		upload: (address) => ({
			type: 'courier',
			parameters: { resource: 'file', operation: 'send', binaryPropertyName: 'data' },
			credentials: { courierApi: { baseUrl: address } },
		}),
		download: (address, bytes) => ({
			type: 'n8n-nodes-whatsapp-gateways.chatalo',
			parameters: {
				resource: 'message',
				operation: 'downloadMedia',
				device: { __rl: true, mode: 'id', value: DEVICE },
				mediaReference: String(bytes),
				binaryPropertyName: 'data',
			},
			credentials: { chataloApi: { ...KEYS, baseUrl: `${address}/api/v1` } },
		}),
	},
	httpRequest: {
		upload: (address) =>
			httpRequest(`${address}/files`, {
				contentType: 'multipart-form-data',
				bodyParameters: {
					parameters: [
						{ parameterType: 'formData', name: 'number', value: '6281200000000' },
						{ parameterType: 'formBinaryData', name: 'file', inputDataFieldName: 'data' },
					],
				},
				options: {},
			}),
		download: (address, bytes) =>
			httpRequest(`${address}/api/v1/messages/download`, {
				contentType: 'json',
				specifyBody: 'keypair',
				bodyParameters: { parameters: [{ name: 'file_encoded', value: String(bytes) }] },
				options: { response: { response: { responseFormat: 'file', outputPropertyName: 'data' } } },
			}),
	},
};

/** Moves one file, after a small one over the same way, and says what it cost. */
export async function moveFile(job: FileJob, places: Places): Promise<Cost> {
	const { loader, credentialTypes } = await loadPackage(places.ours);
	const engine = createEngine({
		loader,
		credentialTypes: [...credentialTypes, CourierApi],
		nodes: job.contestant === 'ours' ? { courier: Courier } : nodesFromN8n(places.n8nModules),
	});
	const move = async (address: string, bytes: number): Promise<() => Promise<NodeResult>> => {
		const isUpload = job.direction === 'upload';
		const file = { fileName: 'video.mp4', mimeType: 'video/mp4' };
		const binary = isUpload ? { data: await engine.storeBinary(Readable.from(pieces(bytes)), file) } : undefined;
		return async () => {
			const run = moves[job.contestant][job.direction](address, bytes);
			const result = await engine.runNode({ ...run, items: [{ json: {}, binary }] });
			if (result.error) throw result.error;
			return result;
		};
	};
	try {
		const warmUp = await move(job.warmUpAddress, job.warmUpBytes);
		await warmUp();
		const run = await move(job.address, job.bytes);
		const { result, cost } = await measured(run);
		if (job.direction === 'download') {
			const stored = result.outputs[0]?.[0]?.binary?.data?.bytes;
			if (stored !== job.bytes) throw new Error(`${stored} of ${job.bytes} bytes arrived`);
		}
		return cost;
	} finally {
		await engine.close();
	}
}
