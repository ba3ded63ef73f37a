import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { type Compiled, compile } from '../src/compile.js';
import type { GraphNode, Value } from '../src/graph/graph.js';
import { operations } from '../src/graph/operations.js';
import type { Kernels } from '../src/kernels/kernel.js';
import type { Precision, TensorSpec } from '../src/trace/trace.js';
import type { MakeTensor } from './random-tensors.js';

type Tensors = Readonly<Record<string, tf.Tensor>>;

/** Something to compute both ways. */
export interface Comparison {
  readonly inputs: Readonly<Record<string, MakeTensor>>;
  // biome-ignore lint/suspicious/noExplicitAny: the ranks are those of `inputs`, which types do not tell
  readonly run: (inputs: any) => tf.Tensor | tf.Tensor[];
  /** The inputs whose gradients are compared, too; all of float32 unless given. */
  readonly gradients?: readonly string[];
  /** The largest number met on the way, where the result is a small difference of such: its rounding is the result's. */
  readonly magnitude?: number;
}

/** How to compute, and how closely the results must agree. */
export interface ComparisonOptions {
  readonly precision?: Precision;
  /** Relative to the largest number; 2e-6 unless given. */
  readonly tolerance?: number;
}

/**
 * Defines tests that what is compiled equals what TensorFlow.js computes op by op: values, gradients, shapes and dtypes;
 * of inputs as they are, and of inputs that are computed, so that XLA computes the kernel together with others, and by XLA
 * alone. Also that
 * every kernel of the family took part, and that the compiler knows the operations that it recorded.
 */
export function compareWithEager(
  name: string,
  family: Kernels,
  comparisons: Readonly<Record<string, Comparison>>,
  { precision = 'float32', tolerance = 2e-6 }: ComparisonOptions = {},
): void {
  describe.skipIf(inject('engine') !== 'tensorflow')(`${name}, compiled and eager`, () => {
    const recorded = Object.values(family).map((kernel) => vi.spyOn(kernel, 'record'));
    const inputs: Record<string, Tensors> = {};
    const expected: Record<string, Tensors> = {};
    const actual: Record<string, Readonly<Record<'plain' | 'surrounded' | 'whole', Tensors>>> = {};
    let compiled: Compiled<string>;
    let whole: Compiled<string>;

    beforeAll(() => {
      for (const [title, comparison] of Object.entries(comparisons)) {
        const made = Object.fromEntries(
          Object.entries(comparison.inputs).map(([input, make]) => [input, make(`${title}, ${input}`)]),
        );
        const value = comparison.run(made);
        const upstream =
          value instanceof tf.Tensor && value.dtype === 'float32' ? weightsLike(value) : undefined;
        const all = upstream === undefined ? made : { ...made, upstream };
        inputs[title] = all;
        expected[title] = results(comparison, all);
      }
      const specsOf = (title: string) =>
        Object.fromEntries(
          Object.entries(inputs[title] as Tensors).map(([input, tensor]) => [input, specOf(tensor)]),
        );
      compiled = compile(
        Object.fromEntries(
          Object.entries(comparisons).flatMap(([title, comparison]) => {
            const specs = specsOf(title);
            return [
              [`plain: ${title}`, { inputs: specs, run: (given: Tensors) => results(comparison, given) }],
              [
                `surrounded: ${title}`,
                { inputs: specs, run: (given: Tensors) => results(comparison, surround(given)) },
              ],
            ];
          }),
        ),
        { precision, regions: 'between-products' },
      );
      whole = compile(
        Object.fromEntries(
          Object.entries(comparisons).map(([title, comparison]) => [
            title,
            { inputs: specsOf(title), run: (given: Tensors) => results(comparison, given) },
          ]),
        ),
        { precision, regions: 'whole' },
      );
      for (const [title, given] of Object.entries(inputs))
        actual[title] = {
          plain: compiled.run(`plain: ${title}`, given),
          surrounded: compiled.run(`surrounded: ${title}`, given),
          whole: whole.run(title, given),
        };
    }, 120_000);
    afterAll(() => {
      compiled?.dispose();
      whole?.dispose();
    });

    it.each(Object.keys(comparisons))('%s', (title) => {
      const reference = expected[title] as Tensors;
      for (const way of ['plain', 'surrounded', 'whole'] as const)
        for (const [result, tensor] of Object.entries(reference))
          expectEqual(
            actual[title]?.[way][result],
            tensor,
            { tolerance, magnitude: comparisons[title]?.magnitude ?? 0 },
            `${way}, ${result}`,
          );
    });

    it('takes every kernel of the family', () => {
      const idle = Object.keys(family).filter((_, index) => recorded[index]?.mock.calls.length === 0);
      expect(idle).toEqual([]);
    });

    it('records operations that the compiler knows', () => {
      const results = recorded.flatMap(({ mock }) =>
        mock.results.flatMap(({ value }) => value as Value | Value[]),
      );
      const unknown = operationsBelow(results).filter((operation) => operations[operation] === undefined);
      expect(unknown).toEqual([]);
    });
  });
}

/** All that is compared: the value or values, and gradients at the inputs. */
function results({ run, gradients }: Comparison, given: Tensors): Tensors {
  const { upstream, ...inputs } = given;
  const value = run(inputs);
  const values = Object.fromEntries([value].flat().map((tensor, index) => [`value ${index}`, tensor]));
  const floats = Object.keys(inputs).filter((input) => inputs[input]?.dtype === 'float32');
  const names = gradients ?? floats;
  if (upstream === undefined || names.length === 0) return values;
  const computed = tf.grads((...tensors: tf.Tensor[]) => {
    const differentiated = Object.fromEntries(names.map((input, index) => [input, tensors[index]]));
    return run({ ...inputs, ...differentiated }) as tf.Tensor;
  })(
    names.map((input) => inputs[input] as tf.Tensor),
    upstream,
  );
  const named = names.map((input, index) => [`gradient ${input}`, computed[index] as tf.Tensor] as const);
  return { ...values, ...Object.fromEntries(named) };
}

/** The same numbers, but computed, so that what follows lies in an island. */
function surround(tensors: Tensors): Tensors {
  const twice = (compute: (tensor: tf.Tensor) => tf.Tensor, tensor: tf.Tensor) => compute(compute(tensor));
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [
      name,
      twice(tensor.dtype === 'bool' ? tf.logicalNot : tf.neg, tensor),
    ]),
  );
}

/** The names of all operations that values depend on. */
function operationsBelow(values: readonly Value[]): string[] {
  const seen = new Set<GraphNode>();
  const waiting = values.map(({ node }) => node);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    waiting.push(...node.inputs.map((input) => input.node));
  }
  return [...new Set([...seen].map(({ op }) => op))];
}

function specOf({ shape, dtype }: tf.Tensor): TensorSpec {
  return { shape, dtype: dtype as TensorSpec['dtype'] };
}

function weightsLike({ shape, size }: tf.Tensor): tf.Tensor {
  return tf.tensor(
    Array.from({ length: size }, (_, index) => ((index * 7) % 11) / 5 + 0.4),
    shape,
  );
}

function expectEqual(
  actual: tf.Tensor | undefined,
  expected: tf.Tensor,
  { tolerance, magnitude }: { readonly tolerance: number; readonly magnitude: number },
  what: string,
): void {
  expect({ shape: actual?.shape, dtype: actual?.dtype }, what).toEqual({
    shape: expected.shape,
    dtype: expected.dtype,
  });
  const [given, wanted] = [Array.from((actual as tf.Tensor).dataSync()), Array.from(expected.dataSync())];
  const scale = Math.max(magnitude, ...wanted.map(Math.abs).filter(Number.isFinite));
  const wrong = given.filter((number, index) => {
    const reference = wanted[index] as number;
    return !Object.is(number, reference) && !(Math.abs(number - reference) <= tolerance * scale);
  });
  expect(wrong, `${what}; should be ${wanted}`).toEqual([]);
}
