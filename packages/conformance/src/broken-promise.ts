/** The error of every check: which promise is broken, what it expects, and what was found. */
export function brokenPromise(promise: string, expected: string, found: string): Error {
  return new Error(`Broken promise: ${promise}. Expected ${expected}; found ${found}.`);
}
