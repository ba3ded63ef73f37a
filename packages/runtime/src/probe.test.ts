import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { findPackage } from './find-package.js';
import type { Plan } from './plan.js';
import { planOf } from './plan.js';
import { probe } from './probe.js';

/** A plan whose backend is the program given. */
function planThatRuns(program: string): Plan {
  const module = join(temporaryFolder(), 'backend.cjs');
  writeFileSync(module, program);
  return {
    backend: 'mine',
    modules: [findPackage('@tensorflow/tfjs')?.directory ?? '', module],
    version: '1',
  };
}

describe('a backend tried in a process of its own', () => {
  test('answers with what it is, and leaves this process as it was', async () => {
    const plan = planOf('cpu');
    if ('reason' in plan) throw new Error(plan.reason);
    expect(await probe(plan)).toEqual({ device: 'CPU', threads: 1 });
    expect(Object.keys(tf.engine().registry)).toEqual([]);
  });

  test('that crashes is an answer', async () => {
    expect(await probe(planThatRuns('process.kill(process.pid, "SIGSEGV")'))).toEqual({
      reason: expect.stringContaining('killed by SIGSEGV'),
    });
  });

  test('that throws is an answer', async () => {
    expect(await probe(planThatRuns('throw new Error("no such library")'))).toEqual({
      reason: 'no such library',
    });
  });

  test('that ends the process quietly is an answer', async () => {
    expect(await probe(planThatRuns('process.exit(0)'))).toEqual({
      reason: expect.stringContaining('a process that tried it ended'),
    });
  });

  test('that registers nothing is an answer', async () => {
    expect(await probe(planThatRuns(''))).toEqual({ reason: expect.stringContaining("'mine' not found") });
  });
});
