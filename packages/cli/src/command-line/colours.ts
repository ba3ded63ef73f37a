/**
 * Whether text for a stream may be coloured: `FORCE_COLOR` decides where it is set, then `NO_COLOR` forbids it, and else
 * it takes a terminal.
 */
export function wantsColours(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused = '', TERM: terminal } = environment;
  if (forced !== undefined) return !['0', 'false'].includes(forced);
  return stream.isTTY === true && refused === '' && terminal !== 'dumb';
}
