import * as tf from '@tensorflow/tfjs-core';
import type { HostBatch } from '@whereabouts/layers';
import { type Compiled, compile, type Precision } from '@whereabouts/xla';
import { kindOf } from './batch-kind.js';
import type { Computation, Inference } from './inference.js';
import { tensorsOf } from './tensors-of.js';

/** Compiles a computation for each kind of batch when it first comes, with the values that the variables have then. */
export function compiledInference(compute: Computation, precision: Precision): Inference {
  const graphs = new Map<string, Compiled<'infer'>>();
  const graphFor = (batch: HostBatch): Compiled<'infer'> => {
    const kind = kindOf(batch);
    const known = graphs.get(kind);
    if (known !== undefined) return known;
    const run = (tensors: Readonly<Record<string, tf.Tensor>>) => ({ ...compute(tensors) });
    const graph = compile({ infer: { inputs: batch, run } }, { precision });
    graphs.set(kind, graph);
    return graph;
  };
  return {
    run: async (batch) => {
      const graph = graphFor(batch);
      return tf.tidy(() =>
        Object.fromEntries(
          Object.entries(graph.run('infer', tensorsOf(batch))).map(([name, tensor]) => [
            name,
            { shape: tensor.shape, dtype: 'float32' as const, values: tensor.dataSync() as Float32Array },
          ]),
        ),
      );
    },
    dispose: () => {
      for (const graph of graphs.values()) graph.dispose();
      graphs.clear();
    },
  };
}
