import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { regionPlans } from './islands/region-plans.js';
import { signatureGraph } from './signature-graph.js';
import { type TensorFunction, trace } from './trace/trace.js';

describe('signatureGraph', () => {
  let weight: tf.Variable;
  beforeAll(async () => {
    tf.enableProdMode();
    await tf.setBackend('cpu');
  });
  beforeEach(() => {
    weight = tf.variable(tf.scalar(1));
    return () => weight.dispose();
  });

  const graphOf = (run: TensorFunction) => {
    const graph = signatureGraph(trace(run, {}, 'float32'), 'f/', regionPlans['between-products']);
    const named = (op: string) => graph.nodes.filter((node) => node.op === op);
    return { ...graph, named };
  };

  it('assigns a variable after it was read, also where the new value does not depend on the old', () => {
    const { named } = graphOf(() => {
      const old = tf.clone(weight);
      weight.assign(tf.scalar(2));
      return { old };
    });
    const [[read], [assigned]] = [named('ReadVariableOp'), named('AssignVariableOp')];
    expect(assigned?.inputs).toContain(`^${read?.name}`);
  });

  it('gives outputs after all assignments, and one where there would be none', () => {
    const { signature, named } = graphOf(() => {
      weight.assign(tf.scalar(2));
      return {};
    });
    expect(Object.keys(signature.outputs)).toEqual(['done']);
    const output = named('Identity').find(({ name }) => signature.outputs.done?.tensor === `${name}:0`);
    expect(output?.inputs).toContain(`^${named('AssignVariableOp')[0]?.name}`);
  });
});
