/** What was wrong with events that triggers have put out in the running test. */
export const eventProblems: string[] = [];

// Whatever a test is about, what a trigger puts out keeps to the schema.
afterEach(() => {
	expect(eventProblems.splice(0)).toEqual([]);
});
