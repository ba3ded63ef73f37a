import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { packages } from './packages.js';

const folder = new URL('../.changeset/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.md') && file !== 'README.md');

it.each(files)('%s names packages of ours and says something', (file) => {
  const text = readFileSync(new URL(file, folder), 'utf8');
  const [, front, said] = text.match(/^---\n([\s\S]*?)\n---\n([\s\S]*)$/) ?? [];
  expect(front, 'the front matter of --- lines').toBeDefined();
  const bumps = Object.entries(parse(front ?? '') as Record<string, string>);
  expect(bumps.length).toBeGreaterThan(0);
  for (const [name, bump] of bumps) {
    expect(packages.map(({ manifest }) => manifest.name)).toContain(name);
    expect(['patch', 'minor', 'major']).toContain(bump);
  }
  expect(said?.trim()).not.toBe('');
});
