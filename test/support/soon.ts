/**
 * Milliseconds within which even a busy machine does what is to happen at once. What the tests rule out by it takes longer, or
 * never ends.
 */
export const SOON_MS = 20_000;
