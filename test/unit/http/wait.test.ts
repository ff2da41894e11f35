import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { wait, WaitAborted } from '../../../nodes/shared/http/timing/wait';
import { listenersOf } from '../../../nodes/shared/http/timing/stop';

const elapsed = async (work: () => Promise<void>): Promise<number> => {
	const start = Date.now();
	await work();
	return Date.now() - start;
};

it('takes its time, also over several naps', async () => {
	const ms = await elapsed(async () => await wait(1_300));
	expect(ms).toBeGreaterThanOrEqual(1_295);
	expect(ms).toBeLessThan(10_000);
});

it('is over at once with nothing to wait for', async () => {
	await expect(wait(0)).resolves.toBeUndefined();
	await expect(wait(-5)).resolves.toBeUndefined();
});

it.each(['before', 'during'])('ends at once when it is stopped %s it', async (when) => {
	const stop = new AbortController();
	if (when === 'before') stop.abort();
	else setTimeout(() => stop.abort(new Error('Stop was pressed')), 50);
	const ms = await elapsed(async () => await expect(wait(60_000, stop.signal)).rejects.toThrow(WaitAborted));
	expect(ms).toBeLessThan(5_000);
});

it('leaves nothing behind at a signal that outlives many waits', async () => {
	const { signal } = new AbortController();
	for (let count = 0; count < 100; count++) await wait(1, signal);
	expect(listenersOf(signal)).toBe(0);
});

it('keeps a process alive that does nothing else, as in n8n execute', () => {
	const module = path.join(__dirname, '../../../nodes/shared/http/timing/wait.ts');
	const script = `const { wait } = require(${JSON.stringify(module)}); wait(300).then(() => console.log('went on'));`;
	const { stdout } = spawnSync(process.execPath, ['--require', 'tsx/cjs', '-e', script], {
		encoding: 'utf8',
		cwd: path.join(__dirname, '../../..'),
	});
	expect(stdout.trim()).toBe('went on');
});
