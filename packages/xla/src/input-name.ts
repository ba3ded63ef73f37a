/**
 * The name of a graph's input. It is an identifier, since Python calls signatures by keyword arguments: of the parts,
 * letters, digits and `_` remain, and `_` stands for everything else.
 */
export function inputName(...parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .join('_')
    .replace(/[^A-Za-z0-9_]/g, '_');
}
