import { PassThrough } from 'node:stream';
import { duration, Progress } from '../../scripts/progress.cjs';

/** A progress whose output is no terminal, and what it has printed. */
function plain() {
	const stream = new PassThrough();
	let printed = '';
	stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
	return { progress: new Progress(stream as unknown as NodeJS.WriteStream), printed: () => printed };
}

describe('progress without a terminal', () => {
	it('prints a plain line for each step, and the details below it', async () => {
		const { progress, printed } = plain();
		const result = await progress.step(
			'Installing n8n',
			async ({ detail, count }) => {
				count(1, 2_000, 'packages');
				detail('Compiling the SQLite addon');
				return await Promise.resolve(7);
			},
			'once, 3 minutes',
		);
		await progress.step('Starting n8n', async () => await Promise.resolve());
		expect(result).toBe(7);
		expect(printed()).toBe('Installing n8n (once, 3 minutes) …\n  Compiling the SQLite addon …\nStarting n8n …\n');
	});

	it('prints nothing for work that is only shown while it takes', async () => {
		const { progress, printed } = plain();
		await progress.during('a check', async () => await Promise.resolve());
		progress.line('ok a check');
		expect(printed()).toBe('ok a check\n');
	});

	it('passes errors on, and is ready for the next step', async () => {
		const { progress, printed } = plain();
		const failing = progress.step('One', async () => await Promise.reject(new Error('no network')));
		await expect(failing).rejects.toThrow('no network');
		await progress.step('Two', async () => await Promise.resolve());
		expect(printed()).toBe('One …\nTwo …\n');
	});

	it('prints no line for a step within a step', async () => {
		const { progress, printed } = plain();
		await progress.step('Outer', async () => await progress.step('Inner', async () => await Promise.resolve()));
		expect(printed()).toBe('Outer …\n');
	});
});

it.each([
	[400, '0 s'],
	[8_400, '8 s'],
	[59_600, '1 min 0 s'],
	[98_000, '1 min 38 s'],
])('%i ms read as %s', (ms, text) => {
	expect(duration(ms)).toBe(text);
});
