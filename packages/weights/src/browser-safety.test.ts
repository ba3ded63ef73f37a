import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Every source file that an entry reaches, with its text. */
function reached(entry: URL, seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(entry.href)) return seen;
  const text = readFileSync(entry, 'utf8');
  seen.set(entry.href, text);
  for (const [, path = ''] of text.matchAll(/from '(\.[^']+)\.js'/g))
    reached(new URL(`${path}.ts`, entry), seen);
  return seen;
}

test('the main entry reaches no file that needs Node, and loads no other package', () => {
  const sources = [...reached(new URL('./index.ts', import.meta.url)).values()];
  expect(sources.length).toBeGreaterThan(10);
  for (const text of sources) {
    expect(text).not.toMatch(/'node:|\bBuffer\.|\bprocess\./);
    for (const [statement] of text.matchAll(/^import .* from '[^.].*$/gm))
      expect(statement).toMatch(/^import type /);
  }
});

test('the entry for files does need Node, so that the test above can see it', () => {
  const sources = [...reached(new URL('./files.ts', import.meta.url)).values()];
  expect(sources.some((text) => text.includes("'node:"))).toBe(true);
});
