/** What was wrong with events that triggers have returned in the running test; see `checkedEvents.ts`. */
export const eventProblems: string[] = [];
