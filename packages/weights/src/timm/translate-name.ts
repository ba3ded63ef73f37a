/**
 * The name on one side for that on the other, or undefined where they are not of one kind. `{block}` and its like stand for
 * the same number on both sides, `{stage+1}` for the next one.
 */
export function translateName(name: string, from: string, to: string): string | undefined {
  const holes = [...from.matchAll(/\{(\w+)(\+1)?\}/g)].map(([, hole = '', next]) => ({
    hole,
    next: next !== undefined,
  }));
  const pattern = from
    .replaceAll('.', '\\.')
    .replaceAll('{part}', '(query|key|value)')
    .replaceAll(/\{\w+(\+1)?\}/g, '(0|[1-9]\\d*)');
  const match = new RegExp(`^${pattern}$`).exec(name);
  if (match === null) return undefined;
  const values = new Map(
    holes.map(({ hole, next }, index) => {
      const text = match[index + 1] ?? '';
      return [hole, hole === 'part' ? text : String(Number(text) - (next ? 1 : 0))] as const;
    }),
  );
  return to.replaceAll(/\{(\w+)(\+1)?\}/g, (_, hole: string, next) => {
    const value = values.get(hole) ?? '';
    return next === undefined ? value : String(Number(value) + 1);
  });
}
