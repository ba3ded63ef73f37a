/** A grid of tokens. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
}
