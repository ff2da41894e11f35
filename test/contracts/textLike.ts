/**
 * A value of a contract that nobody can foresee, such as an id that is made of the execution: it equals every text of this
 * pattern. Jest's comparisons ask a value that has this method; contracts are read outside of Jest, too, where its own
 * `expect.stringMatching` is not at hand.
 *
 * @returns what the contract has in place of the text; it must not be read as one
 */
export function textLike(pattern: RegExp): string {
	const matcher = {
		$$typeof: Symbol.for('jest.asymmetricMatcher'),
		asymmetricMatch: (other: unknown): boolean => typeof other === 'string' && pattern.test(other),
		toString: () => `textLike ${String(pattern)}`,
		toAsymmetricMatcher: () => `textLike ${String(pattern)}`,
	};
	return matcher as unknown as string;
}
