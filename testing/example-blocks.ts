/** A block of TypeScript in a docstring or a README, which a reader may copy and run. */
export interface ExampleBlock {
  readonly code: string;
  /** Why it is not run, where its first line says so: `// not run: <reason>`. */
  readonly notRun: string | undefined;
}

/** Every fenced `ts` block of a text, in order. */
export function exampleBlocks(text: string): readonly ExampleBlock[] {
  return [...text.matchAll(/^```ts\s*\n([\s\S]*?)^```/gm)].map(([, code = '']) => ({
    code,
    notRun: /^\/\/ not run: (.+)/.exec(code)?.[1],
  }));
}
