import '@tensorflow/tfjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { everyExample, examplesOf, offered } from './every-example.js';
import { root } from './packages.js';
import { runExample } from './run-example.js';

describe('every public name', () => {
  it('has a docstring', () => {
    const bare = offered.filter(({ docstring }) => docstring === undefined || docstring === '');
    expect(bare.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
  });

  it('has an example if it is a function', () => {
    const bare = offered.filter((name) => name.kind === 'function' && examplesOf(name).length === 0);
    expect(bare.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
  });
});

describe('every example runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'whereabouts-examples-'));
  beforeAll(() => process.chdir(folder));
  afterAll(() => {
    process.chdir(root);
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    await tf.setBackend('cpu');
    tf.engine().startScope();
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    tf.engine().endScope();
    tf.disposeVariables();
  });

  for (const { place, code, notRun } of everyExample)
    if (notRun === undefined) it(place, () => runExample(code));
    else it(`${place} (not run: ${notRun})`, (test) => test.skip(notRun));
});
