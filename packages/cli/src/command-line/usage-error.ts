const name = 'UsageError';

/** An error about how the command was called: it exits with 2, and nothing was begun. */
export function usageError(message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** Whether an error is about how the command was called. */
export function isUsageError(error: unknown): boolean {
  return error instanceof Error && error.name === name;
}
