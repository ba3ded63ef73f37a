import type { Solution } from './solution.js';

/** All numbers behind what the page shows, as they are in the file that it offers. */
export interface Numbers {
  /** TensorFlow.js's backend that computed them. */
  readonly engine: string;
  /** What was cut and shuffled: `[imageSize, imageSize, 3]`, red, green and blue from 0 to 255. */
  readonly pixels: readonly number[];
  readonly order: readonly number[];
  readonly logits: readonly (readonly number[])[];
  readonly assigned: readonly number[];
  /** By piece, then by piece: what goes into it through the attention of all blocks. */
  readonly attention: readonly (readonly number[])[];
}

/** Lets a link download the numbers as JSON. */
export function offerNumbers(
  link: HTMLAnchorElement,
  options: Pick<Numbers, 'engine' | 'attention'> & { readonly pixels: Uint8Array; readonly solved: Solution },
): void {
  const { engine, pixels, solved, attention } = options;
  const { order, logits, assigned } = solved;
  const numbers: Numbers = { engine, pixels: [...pixels], order, logits, assigned, attention };
  URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(new Blob([JSON.stringify(numbers)], { type: 'application/json' }));
  link.hidden = false;
}
