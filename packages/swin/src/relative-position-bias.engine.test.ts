import * as tf from '@tensorflow/tfjs-core';
import { createRandom, disposeVariables } from '@whereabouts/layers';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { relativePositionBias } from './relative-position-bias.js';

const random = createRandom({ seed: 3, step: 0 });
const side = fc.integer({ min: 1, max: 4 });
const biases = fc.record({ rows: side, columns: side, heads: fc.integer({ min: 1, max: 3 }) });

it('adds to each pair what was learned for its offset, on rectangles too, and learns from every pair', () => {
  fc.assert(
    fc.property(biases, ({ rows, columns, heads }) => {
      const bias = relativePositionBias({ window: { rows, columns }, heads, random });
      const learned = bias.variables.relativePositionBias as tf.Variable;
      const [offsets, length] = [(2 * rows - 1) * (2 * columns - 1), rows * columns];
      expect(learned.shape).toEqual([offsets, heads]);
      const offsetOf = (query: number, key: number) => {
        const down = Math.floor(query / columns) - Math.floor(key / columns) + rows - 1;
        return down * (2 * columns - 1) + (query % columns) - (key % columns) + columns - 1;
      };
      tf.tidy(() => {
        const upstream = random.normal('upstream', [heads, length, length]);
        const { value, grads } = tf.variableGrads(() => tf.sum(tf.mul(bias.table(), upstream)).asScalar());
        const [weights, table, rises] = [learned, bias.table(), upstream].map((tensor) => tensor.dataSync());
        const expected = new Float64Array(offsets * heads);
        for (let at = 0; at < heads * length * length; at += 1) {
          const head = Math.floor(at / length ** 2);
          const place = offsetOf(Math.floor(at / length) % length, at % length) * heads + head;
          expect(table?.[at]).toBe(weights?.[place]);
          expected[place] = (expected[place] ?? 0) + (rises?.[at] ?? Number.NaN);
        }
        const gradient = (grads[learned.name] as tf.Tensor).dataSync();
        for (const [place, sum] of expected.entries())
          expect(Math.abs((gradient[place] ?? Number.NaN) - sum)).toBeLessThan(1e-5);
        expect(value.shape).toEqual([]);
      });
      disposeVariables(bias.variables);
    }),
    { numRuns: 15 },
  );
});
