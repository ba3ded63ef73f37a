import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { doctor } from './doctor.js';
import { planOf } from './plan.js';

test('the doctor tries every backend, and leaves this process as it was', async () => {
  const diagnoses = await doctor();
  expect(diagnoses.map(({ backend }) => backend)).toEqual(['native', 'tfjs-node', 'wasm', 'cpu', 'webgpu']);
  for (const { backend, works, detail, reason, remedy } of diagnoses)
    expect([backend, works ? detail : `${reason}${remedy}`].join()).toMatch(/.+,.+/);
  const named = Object.fromEntries(diagnoses.map((diagnosis) => [diagnosis.backend, diagnosis]));
  expect(named.cpu).toEqual({ backend: 'cpu', works: true, detail: 'cpu 4.22.0, CPU, 1 thread' });
  expect(named.wasm).toEqual({ backend: 'wasm', works: true, detail: 'wasm 4.22.0, CPU, 1 thread' });
  expect(named.native?.works).toBe(!('reason' in planOf('native')));
  expect(Object.keys(tf.engine().registry)).toEqual([]);
});
