import * as tf from '@tensorflow/tfjs-core';
import { createRandom, disposeVariables } from '@whereabouts/layers';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { windowAttention } from './window-attention.js';

const straight = { rows: 0, columns: 0 };
const small = { channels: 4, heads: 2, qkvBias: true, relativePositionBias: true } as const;
const layer = (options: Partial<Parameters<typeof windowAttention>[0]>) =>
  windowAttention({
    ...small,
    grid: { rows: 4, columns: 6 },
    window: { rows: 2, columns: 3 },
    shift: straight,
    random: createRandom({ seed: 1, step: 0 }),
    initialise: (random, name, shape) => random.normal(name, shape), // so that attention is far from even
    ...options,
  });
const tokensOf = (shape: readonly number[]) =>
  createRandom({ seed: 2, step: 0 }).normal('tokens', shape) as tf.Tensor4D;
const part = (
  tokens: tf.Tensor4D,
  [row, column]: readonly [number, number],
  [rows, columns]: readonly [number, number],
) => tf.slice4d(tokens, [0, row, column, 0], [-1, rows, columns, -1]);

const side = fc.integer({ min: 1, max: 3 });

it('does in every window what it would do with that window alone', () => {
  fc.assert(
    fc.property(fc.record({ rows: side, columns: side }), side, side, (window, down, across) => {
      const grid = { rows: down * window.rows, columns: across * window.columns };
      const whole = layer({ grid, window });
      const alone = layer({ grid: window, window }); // the same first values, by the same seed
      tf.tidy(() => {
        const tokens = tokensOf([2, grid.rows, grid.columns, 4]);
        const mixed = whole.apply(tokens);
        const size = [window.rows, window.columns] as const;
        for (let row = 0; row < grid.rows; row += window.rows)
          for (let column = 0; column < grid.columns; column += window.columns) {
            const wanted = alone.apply(part(tokens, [row, column], size));
            const found = part(mixed, [row, column], size);
            expectClose(found, { shape: wanted.shape, values: wanted.dataSync() }, 1e-5);
          }
      });
      disposeVariables({ ...whole.variables });
      disposeVariables({ ...alone.variables });
    }),
    { numRuns: 10 },
  );
});

it('lets no token see what the shift brought next to it', () => {
  const attention = layer({ shift: { rows: 1, columns: 1 } });
  tf.tidy(() => {
    const tokens = tokensOf([1, 4, 6, 4]);
    // The last row came in from above: it doesn't touch what lies above it in its windows.
    const others = tf.concat([tf.slice4d(tokens, [0, 0, 0, 0], [1, 3, 6, 4]), tf.ones([1, 1, 6, 4])], 1);
    const [before, after] = [tokens, others as tf.Tensor4D].map((some) => attention.apply(some)) as [
      tf.Tensor4D,
      tf.Tensor4D,
    ];
    const above = (tensor: tf.Tensor4D) => part(tensor, [0, 0], [3, 6]);
    expectClose(above(after), { shape: [1, 3, 6, 4], values: above(before).dataSync() }, 1e-6);
    expect(tf.max(tf.abs(tf.sub(before, after))).dataSync()[0]).toBeGreaterThan(0.01);
  });
  disposeVariables(attention.variables);
});

it.each([
  [{}, ['qkv.weight', 'qkv.bias', 'projection.weight', 'projection.bias', 'relativePositionBias']],
  [{ qkvBias: false, relativePositionBias: false }, ['qkv.weight', 'projection.weight', 'projection.bias']],
])('with %j it has these variables', (options, paths) => {
  const { variables } = layer(options);
  expect(Object.keys(variables)).toEqual(paths);
  disposeVariables(variables);
});
