/** Longest wait for an answer of the Temporal server itself. */
export const callTimeoutMs = 10_000;
