import * as tf from '@tensorflow/tfjs-core';
import { constantTensor, createRandom, fused, gelu } from '@whereabouts/layers';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { compile } from './compile.js';
import type { Regions } from './islands/region-plans.js';
import type { Precision, TensorFunction, TensorSpec } from './trace/trace.js';

type Tensors = Readonly<Record<string, tf.Tensor>>;

/** What a function gives when it is compiled, for these inputs. */
function compiledResults(
  run: TensorFunction,
  inputs: Tensors,
  precision: Precision = 'float32',
  regions: Regions = 'between-products',
): Tensors {
  const specs = Object.entries(inputs).map(([name, { shape, dtype }]): [string, TensorSpec] => [
    name,
    { shape, dtype: dtype as TensorSpec['dtype'] },
  ]);
  const compiled = compile({ run: { inputs: Object.fromEntries(specs), run } }, { precision, regions });
  const results = compiled.run('run', inputs);
  compiled.dispose();
  return results;
}

/** Expects what a function of these inputs alone gives compiled and eagerly to be the same, to within rounding. */
function expectSame(run: (inputs: Tensors) => Tensors, inputs: Tensors): void {
  const eager = run(inputs);
  for (const regions of ['between-products', 'whole'] as const) {
    const compiled = compiledResults(run, inputs, 'float32', regions);
    expect(Object.keys(compiled)).toEqual(Object.keys(eager));
    for (const [name, { shape, dtype }] of Object.entries(eager)) {
      expect([compiled[name]?.shape, compiled[name]?.dtype]).toEqual([shape, dtype]);
      for (const [index, value] of (eager[name] as tf.Tensor).dataSync().entries())
        expect(compiled[name]?.dataSync()[index], `${name}, ${regions}`).toBeCloseTo(value, 4);
    }
  }
}

describe.runIf(inject('engine') === 'tensorflow')('what compiled functions give', () => {
  const random = createRandom({ seed: 1, step: 0 });
  beforeEach(() => {
    tf.engine().startScope();
    return () => tf.engine().endScope();
  });

  it('is as exact as the precision of products says', () => {
    const [a, b] = [random.normal('a', [64, 96]), random.normal('b', [96, 32])] as const;
    const exact = tf.matMul(a, b);
    const product: TensorFunction = ({ a, b }) => ({ y: tf.matMul(a as tf.Tensor, b as tf.Tensor) });
    const errorOf = (precision: Precision) => {
      const { y } = compiledResults(product, { a, b }, precision);
      expect(y?.dtype).toBe('float32');
      return tf.div(tf.norm(tf.sub(y as tf.Tensor, exact)), tf.norm(exact)).dataSync()[0];
    };
    expect(errorOf('float32')).toBeLessThan(1e-6);
    expect(errorOf('bf16')).toBeLessThan(1e-2);
    expect(errorOf('bf16')).toBeGreaterThan(1e-4);
  });

  it('rounds what a product reads to the nearest bfloat16', () => {
    const { Infinity: infinite, NaN: none } = globalThis;
    const numbers = [0, 1, -1, 1.00390625, -1.00390625, 1.0039, 3.4e38, -3.4e38, infinite, -infinite, none];
    const x = tf.tensor2d([...numbers, ...random.normal('x', [5000]).dataSync()], [numbers.length + 5000, 1]);
    const { y } = compiledResults(
      // Doubled and halved, for a lone cast is TensorFlow's.
      ({ x, two }) => ({ y: tf.matMul(tf.mul(x as tf.Tensor, two as tf.Tensor), tf.fill([1, 1], 0.5)) }),
      { x, two: tf.scalar(2) },
      'bf16',
    );
    const rounded = (y as tf.Tensor).dataSync();
    for (const [index, value] of x.dataSync().entries()) {
      const halfPlace = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 8);
      if (Math.abs(value) > 3e38 || value === 0 || Number.isNaN(value))
        expect(rounded[index], String(value)).toBe(
          Math.abs(value) > 3e38 ? Math.sign(value) * infinite : value,
        );
      else expect(Math.abs((rounded[index] as number) - value), String(value)).toBeLessThanOrEqual(halfPlace);
    }
  });

  it('computes GELU by polynomials where products are bfloat16', () => {
    const x = tf.linspace(-6, 6, 1001);
    const slope = tf.grad((x: tf.Tensor) => tf.sum(gelu(x)));
    const run: TensorFunction = ({ x }) => ({ value: gelu(x as tf.Tensor), slope: slope(x as tf.Tensor) });
    const exact = run({ x }, {} as never);
    const gapOf = (precision: Precision) => {
      const compiled = compiledResults(run, { x }, precision);
      return ['value', 'slope'].map(
        (name) => tf.max(tf.abs(tf.sub(compiled[name] as tf.Tensor, exact[name] as tf.Tensor))).dataSync()[0],
      );
    };
    for (const gap of gapOf('float32')) expect(gap).toBeLessThan(1e-6);
    for (const gap of gapOf('bf16')) {
      expect(gap).toBeGreaterThan(1e-6);
      expect(gap).toBeLessThan(7e-5);
    }
  });

  const gate = (x: tf.Tensor, y: tf.Tensor) => tf.mul(tf.tanh(x), tf.sigmoid(tf.add(x, y)));
  const parts = (x: tf.Tensor, y: tf.Tensor) => [tf.mul(x, y), tf.exp(tf.neg(tf.square(x))), tf.sin(y)];
  const both = (wrapped: typeof gate) => (x: tf.Tensor, y: tf.Tensor) => wrapped(y, wrapped(x, y));
  it.each<[string, (x: tf.Tensor, y: tf.Tensor) => tf.Tensor]>([
    ['several inputs', fused(gate)],
    ['inputs of different shapes', fused((x, y) => gate(x, tf.mean(y, 0, true)))],
    [
      'several outputs',
      (x, y) => tf.sum(tf.stack(fused(parts)(x, y).map((part, index) => tf.mul(part, index + 1))), 0),
    ],
    ['an output that nobody uses', (x, y) => tf.add(y, fused(parts)(x, y)[1] as tf.Tensor)],
    ['one inside another', fused(both(fused(gate)))],
    ['the same region twice', both(fused(gate))],
    [
      'an input that has no part in it',
      (x, y) => tf.add(y, fused((x: tf.Tensor, _y: tf.Tensor) => tf.square(x))(x, y)),
    ],
  ])('is the value and the gradient of the plain function, fused with %s', (_title, run) => {
    const inputs = { x: random.normal('x', [3, 4]), y: random.normal('y', [3, 4]) };
    expectSame(({ x, y }) => {
      const [dx, dy] = tf.grads(run)([x, y] as tf.Tensor[]);
      return { value: run(x as tf.Tensor, y as tf.Tensor), dx: dx as tf.Tensor, dy: dy as tf.Tensor };
    }, inputs);
  });

  it('is the gradient at a variable that a fused function takes', () => {
    const weight = tf.variable(random.normal('weight', [3, 4]));
    expectSame(
      ({ x }) => {
        const loss = () => tf.sum(fused(gate)(weight, x as tf.Tensor)) as tf.Scalar;
        const { value, grads } = tf.variableGrads(loss, [weight]);
        return { value, gradient: grads[weight.name] as tf.Tensor };
      },
      { x: random.normal('x', [3, 4]) },
    );
    weight.dispose();
  });

  const cube = (x: tf.Tensor) => tf.mul(x, tf.mul(x, tf.tanh(x)));
  it.each([
    ['plain', cube],
    ['fused', fused(cube)],
  ])('is the gradient of the gradient of a %s function', (_title, run) => {
    const slope = tf.grad((x: tf.Tensor) => tf.sum(run(x)));
    const second = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(x, tf.square(slope(x)))));
    expectSame(({ x }) => ({ second: second(x as tf.Tensor) }), { x: random.normal('x', [5]) });
  });

  it('holds numbers that were declared constant', () => {
    const table = tf.tensor2d([[1, 2], [3, 4]]); // biome-ignore format: a matrix
    const { y, made } = compiledResults(
      ({ x }) => ({
        y: tf.matMul(x as tf.Tensor2D, constantTensor(table)),
        made: tf.add(x as tf.Tensor, constantTensor(tf.tensor1d([10, 20]))),
      }),
      { x: tf.tensor2d([[1, 1]]) },
    );
    expect([...(y as tf.Tensor).dataSync(), ...(made as tf.Tensor).dataSync()]).toEqual([4, 6, 11, 21]);
  });

  it('is what eager functions of integers and truth values give', () => {
    expectSame(
      ({ numbers, mask, x }) => ({
        sums: tf.add(numbers as tf.Tensor, tf.cast(mask as tf.Tensor, 'int32')),
        flipped: tf.logicalNot(mask as tf.Tensor),
        large: tf.greater(x as tf.Tensor, 0),
        best: tf.argMax(x as tf.Tensor),
        chosen: tf.where(mask as tf.Tensor, x as tf.Tensor, tf.zerosLike(x as tf.Tensor)),
        same: numbers as tf.Tensor,
        truth: mask as tf.Tensor,
      }),
      {
        numbers: tf.tensor1d([1, 2, 3], 'int32'),
        mask: tf.tensor1d([true, false, true], 'bool'),
        x: tf.tensor1d([-1, 0.5, 2]),
      },
    );
  });

  it('may be the inputs, constants, or one tensor under two names', () => {
    expectSame(
      ({ x }) => {
        const y = tf.exp(x as tf.Tensor);
        return { x: x as tf.Tensor, y, again: y, ones: tf.ones([2, 2]), three: tf.scalar(3) };
      },
      { x: tf.tensor1d([1, 2]) },
    );
  });

  it('is nothing that depends on variables made later, and everything on those of integers', () => {
    const count = tf.variable(tf.scalar(5, 'int32'));
    const compiled = compile({
      count: {
        inputs: {},
        run: () => {
          count.assign(tf.add(count, tf.scalar(1, 'int32')));
          return { count };
        },
      },
    });
    const later = tf.variable(tf.scalar(0));
    expect([1, 2].map(() => compiled.run('count', {}).count?.dataSync()[0])).toEqual([6, 7]);
    compiled.pull();
    expect([count.dtype, count.dataSync()[0]]).toEqual(['int32', 7]);
    compiled.dispose();
    tf.dispose([count, later]);
  });
});
