/**
 * What some work takes of the processor's time, in milliseconds, in all threads of this process. Other programs on a busy
 * machine hardly change it, so a limit on it tells quadratic work from linear work.
 */
export async function processorMs(work: () => unknown): Promise<number> {
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}
