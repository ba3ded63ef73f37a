import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import util from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { needsNodeShim, shimNode } from './node-shim.js';

test('Node 22, which warns, and newer ones need the shim', () => {
  expect(['20.19.0', '21.7.0', '22.0.0', '23.1.0', '100.0.0'].map(needsNodeShim)).toEqual([
    false,
    false,
    true,
    true,
    true,
  ]);
});

/** The names of functions of `node:util` that tfjs-node-gpu calls, read from its JavaScript. */
function calledByTfjsNode(): Set<string> {
  const folder = join(
    dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json')),
    'dist',
  );
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.js') && !file.endsWith('_test.js') && file !== 'run_tests.js',
  );
  const names = files.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const variable = /var (\w+) = require\("util"\)/.exec(text)?.[1];
    if (variable === undefined) return [];
    return [...text.matchAll(new RegExp(`\\b${variable}\\.(\\w+)`, 'g'))].map(([, name]) => name ?? '');
  });
  return new Set(names);
}

test('the shim restores all that tfjs-node calls, also where Node has taken it away', () => {
  const called = [...calledByTfjsNode()];
  expect(called).toContain('isNullOrUndefined');
  const functions = util as unknown as Record<string, unknown>;
  const before = { isArray: functions.isArray, isNullOrUndefined: functions.isNullOrUndefined };
  onTestFinished(() => {
    Object.assign(util, before);
  });
  for (const name of Object.keys(before)) Reflect.deleteProperty(util, name);

  shimNode('20.19.0');
  expect(functions.isNullOrUndefined).toBeUndefined();
  shimNode('23.0.0');
  expect(called.filter((name) => typeof functions[name] !== 'function')).toEqual([]);
  const { isNullOrUndefined } = functions as { isNullOrUndefined: (value: unknown) => boolean };
  expect([null, undefined, 0, '', false].map(isNullOrUndefined)).toEqual([true, true, false, false, false]);
});
