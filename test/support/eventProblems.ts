/** What was wrong with events that triggers have put out in the running test; see `checkedEvents.ts`. */
export const eventProblems: string[] = [];
