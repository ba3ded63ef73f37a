import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { expectGradientOfDifferences } from '../../../testing/numerical-gradient.js';
import type { PositionEncoding } from './position-encoding.js';
import { type PositionEncodingName, positionEncodings } from './position-encodings.js';
import { selectRows } from './select-rows.js';
import { sineCosineTable } from './sine-cosine-table.js';

const grid = { rows: 2, columns: 3 };
const channels = 8;
const made = (name: PositionEncodingName, prefix?: number): PositionEncoding =>
  positionEncodings[name]({
    grid,
    channels,
    random: createRandom({ seed: 0, step: 0 }),
    ...(prefix === undefined ? {} : { prefix }),
  });

/** Rows of a table `[rows, channels]` by hand. */
function picked(table: ArrayLike<number>, rows: readonly number[]): number[] {
  return rows.flatMap((row) => Array.from(table).slice(row * channels, (row + 1) * channels));
}

describe.each(['learned', 'sine-cosine'] as const)('the encoding %s', (name) => {
  it.each([0, 1, 2])(
    'gives the whole grid or the rows of given positions, after %i rows of its prefix',
    async (prefix) => {
      const encoding = made(name, prefix);
      const whole = tf.tidy(() => encoding.rows() as tf.Tensor3D);
      expect(whole.shape).toEqual([1, prefix + 6, channels]);
      const table = await whole.data();
      const positions = tf.tensor2d([5, 0, 3, 1, 1, 4], [2, 3], 'int32');
      const some = tf.tidy(() => encoding.rows(positions) as tf.Tensor3D);
      const ahead = Array.from({ length: prefix }, (_, row) => row);
      const rows = [
        [5, 0, 3],
        [1, 1, 4],
      ].flatMap((image) => [...ahead, ...image.map((row) => row + prefix)]);
      expectClose(some, { shape: [2, prefix + 3, channels], values: picked(table, rows) }, 0);
      tf.dispose([whole, positions, some, ...Object.values(encoding.variables)]);
    },
  );

  it('leaves no tensors behind but its variables', () => {
    const before = tf.memory().numTensors;
    const encoding = made(name, 1);
    const positions = tf.tensor2d([5, 0], [1, 2], 'int32');
    tf.tidy(() => {
      encoding.rows();
      encoding.rows(positions);
    });
    positions.dispose();
    expect(tf.memory().numTensors).toBe(before + Object.keys(encoding.variables).length);
    tf.dispose(Object.values(encoding.variables));
  });
});

describe('the learned encoding', () => {
  it('passes the gradient to the rows that were used, as often as they were', async () => {
    const encoding = made('learned', 1);
    const positions = tf.tensor2d([5, 0, 5, 2], [2, 2], 'int32');
    const upstream = tf.tidy(() => tf.reshape(tf.range(1, 7), [2, 3, 1]));
    const { grads } = tf.variableGrads(() =>
      tf.sum(tf.mul(encoding.rows(positions) as tf.Tensor3D, upstream)).asScalar(),
    );
    const gradient = Object.values(grads)[0] as tf.Tensor;
    const firstChannel = tf.tidy(() => tf.slice(gradient, [0, 0], [7, 1]));
    // Prefix: 1 + 4; position 0: 3; position 2: 6; position 5: 2 + 5.
    expect(Array.from(await firstChannel.data())).toEqual([5, 3, 0, 6, 0, 0, 7]);
    tf.dispose([positions, upstream, gradient, firstChannel, ...Object.values(encoding.variables)]);
  });

  it('is free of weight decay and starts small', async () => {
    const encoding = made('learned');
    expect(encoding.undecayed).toEqual(['weight']);
    expect(encoding.kind).toBe('absolute');
    const weight = encoding.variables.weight as tf.Variable;
    const largest = Math.max(...(await weight.data()).map(Math.abs));
    expect(largest).toBeGreaterThan(0);
    expect(largest).toBeLessThan(0.1);
    weight.dispose();
  });
});

describe('the sine-cosine encoding', () => {
  it("is MAE's table after rows of zeros", () => {
    const rows = tf.tidy(() => made('sine-cosine', 1).rows() as tf.Tensor3D);
    const expected = [...new Array(channels).fill(0), ...sineCosineTable(grid, channels)];
    expectClose(rows, { shape: [1, 7, channels], values: expected }, 1e-7);
    rows.dispose();
  });
});

describe('no encoding', () => {
  it('adds nothing and says so', () => {
    const encoding = made('none', 1);
    expect(encoding).toMatchObject({ kind: 'none', variables: {}, undecayed: [] });
    expect(encoding.rows()).toBeUndefined();
  });
});

describe('selectRows', () => {
  it('has the gradient that differences give', () => {
    tf.tidy(() => {
      const table = createRandom({ seed: 0, step: 0 }).normal('table', [4, 3]);
      const indices = tf.tensor2d([3, 1, 3, 0], [2, 2], 'int32');
      expectGradientOfDifferences(
        (point) => tf.sum(tf.square(selectRows(point as tf.Tensor2D, indices))).asScalar(),
        table,
      );
    });
  });
});
