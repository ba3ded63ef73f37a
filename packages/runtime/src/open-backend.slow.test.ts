import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { openBackend } from './open-backend.js';
import { planOf } from './plan.js';

const plan = planOf('native');
const absence = 'reason' in plan ? plan.reason : undefined;

test.skipIf(absence !== undefined)(
  `the native engine opens by itself, with the threads asked for${absence === undefined ? '' : ` (skipped: ${absence})`}`,
  async () => {
    const opened = await openBackend({ threads: 1 });
    expect(opened).toMatchObject({ backend: 'tensorflow', threads: 1, skipped: [] });
    expect(opened.tensorflowVersion).toMatch(/^2\.\d+\.\d+$/);
    expect(tf.getBackend()).toBe('tensorflow');
    expect(
      Array.from(
        tf
          .grad((x) => tf.square(x))(tf.tensor1d([3]))
          .dataSync(),
      ),
    ).toEqual([6]);

    await expect(openBackend({ threads: 3 })).rejects.toThrow(
      'The native engine already runs in this process with 1 threads and cannot change to 3',
    );
    expect(await openBackend({ backend: 'cpu', threads: 3 })).toMatchObject({ backend: 'cpu', threads: 1 });
    expect(await openBackend({ backend: 'native' })).toEqual(opened);
  },
);

test.skipIf(absence === undefined)(
  `without the native engine the next best one opens, and says why${absence === undefined ? ' (skipped: the native engine is there)' : ''}`,
  async () => {
    const { backend, skipped } = await openBackend();
    expect(backend).not.toBe('tensorflow');
    expect(skipped[0]).toMatchObject({ backend: 'native' });
    await expect(openBackend({ backend: 'native' })).rejects.toThrow(/whereabouts native install/);
  },
);
