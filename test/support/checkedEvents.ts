import { eventProblems } from './eventProblems';

// Whatever a test is about, what a trigger returns keeps to the schema.
afterEach(() => {
	expect(eventProblems.splice(0)).toEqual([]);
});
