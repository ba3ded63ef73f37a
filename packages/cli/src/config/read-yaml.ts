import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { usageError } from '../command-line/usage-error.js';

/** What a config file says. */
export interface ConfigSource {
  /** As it was written; nothing is checked yet. */
  readonly value: unknown;
  /** Where a path was written, to stand behind its name, such as ` (whereabouts.yaml:7)`. */
  readonly place: (path: readonly string[]) => string;
}

/**
 * Reads YAML, or JSON, which is YAML as well, and keeps in mind on which line every setting stands.
 *
 * @param file what messages call it
 * @throws when it is neither, naming the line
 */
export function readYaml(text: string, file: string): ConfigSource {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const [problem] = document.errors;
  if (problem !== undefined)
    throw usageError(`${file}:${problem.linePos?.[0].line ?? 1}: ${firstSentence(problem.message)}.`);
  const place = (path: readonly string[]) => {
    const offset = keyOffset(document.contents, path);
    return ` (${offset === undefined ? file : `${file}:${lineCounter.linePos(offset).line}`})`;
  };
  return { value: document.toJS(), place };
}

// `Map keys must be unique at line 4, column 3:` and then the lines themselves.
function firstSentence(message: string): string {
  return message.split(/ at line \d+/)[0] as string;
}

function keyOffset(node: Node | null | undefined, [name, ...rest]: readonly string[]): number | undefined {
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === name);
  const below = rest.length === 0 ? undefined : keyOffset(pair?.value as Node | null | undefined, rest);
  return below ?? (isScalar(pair?.key) ? pair.key.range?.[0] : undefined);
}
