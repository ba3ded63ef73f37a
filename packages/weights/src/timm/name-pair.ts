import type { layouts } from './timm-layouts.js';
import { translateName } from './translate-name.js';

/** A part of a model that has variables of its own. */
export type ModelPart = 'backbone' | 'classification';

/** One kind of variable: what timm calls it, what we call it, and how it lies there. */
export interface NamePair {
  /** `{block}` and `{stage}` stand for the number of one. */
  readonly timm: string;
  readonly part: ModelPart;
  readonly ours: string;
  readonly layout: keyof typeof layouts;
}

/** The row that knows `name` on one side, and the name on the other side; undefined when no row knows it. */
export function translate(
  name: string,
  rows: readonly NamePair[],
  from: 'timm' | 'ours',
  to: 'timm' | 'ours',
): { readonly row: NamePair; readonly name: string } | undefined {
  for (const row of rows) {
    const found = translateName(name, row[from], row[to]);
    if (found !== undefined) return { row, name: found };
  }
  return undefined;
}
