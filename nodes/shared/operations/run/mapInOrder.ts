/**
 * Runs `work` over all elements, some at once, and returns the results in the elements' order. After a failure nothing
 * new is started; what is under way is awaited, and the failure of the first element (not the first in time) is thrown.
 */
export async function mapInOrder<T, R>(
	elements: readonly T[],
	atOnce: number,
	work: (element: T, index: number) => Promise<R>,
): Promise<R[]> {
	const results = new Array<R>(elements.length);
	const failures: Array<{ index: number; error: unknown }> = [];
	let next = 0;

	const worker = async (): Promise<void> => {
		while (next < elements.length && failures.length === 0) {
			const index = next++;
			try {
				results[index] = await work(elements[index] as T, index);
			} catch (error) {
				failures.push({ index, error });
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, elements.length) }, worker));

	const first = failures.sort((one, other) => one.index - other.index)[0];
	if (first) throw first.error;
	return results;
}
