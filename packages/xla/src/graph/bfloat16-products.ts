import type { Graph, Value } from './graph.js';
import { operations } from './operations.js';

/**
 * A graph that computes products with bfloat16 operands and results. Who reads a result is handed float32; where one
 * product's result goes straight into another, it stays bfloat16.
 */
export function bfloat16Products(graph: Graph): Graph {
  const add: Graph['add'] = (op, inputs, options) => {
    const isProduct = operations[op]?.product === true && options.outputs[0]?.dtype === 'float32';
    if (!isProduct) return graph.add(op, inputs, options);
    const product = graph.add(
      op,
      inputs.map((input) => (input.dtype === 'float32' ? toBfloat16(graph, input) : input)),
      {
        ...options,
        attributes: { ...options.attributes, T: { type: 'bfloat16' } },
        outputs: options.outputs.map(({ shape }) => ({ dtype: 'bfloat16', shape })),
      },
    );
    return cast(graph, product.outputs[0] as Value, 'float32').node;
  };
  return {
    ...graph,
    add,
    value: (op, inputs, result, attributes = {}) =>
      add(op, inputs, { attributes, outputs: [result] }).outputs[0] as Value,
  };
}

/**
 * The same numbers as bfloat16, taken from where they were bfloat16 before they were cast up and moved. Otherwise they are
 * cast before they are reshaped, so that products which read them in several shapes share what is stored.
 */
function toBfloat16(graph: Graph, value: Value): Value {
  const lower = withoutCast(graph, value);
  if (lower !== undefined) return lower;
  const { op, inputs, attributes } = value.node;
  const [source, shape] = inputs;
  if (op !== 'Reshape' || source === undefined || shape === undefined) return cast(graph, value, 'bfloat16');
  const result = { dtype: 'bfloat16', shape: value.shape } as const;
  return graph.value(op, [toBfloat16(graph, source), shape], result, {
    ...attributes,
    T: { type: 'bfloat16' },
  });
}

function withoutCast(graph: Graph, value: Value): Value | undefined {
  const { op, inputs, attributes } = value.node;
  const [source] = inputs;
  if (source === undefined) return undefined;
  if (op === 'Cast') return source.dtype === 'bfloat16' ? source : undefined;
  const moved = moving[op];
  if (moved === undefined) return undefined;
  const lower = inputs.slice(0, moved(inputs)).map((input) => withoutCast(graph, input));
  if (!lower.every((one) => one !== undefined)) return undefined;
  const result = { dtype: 'bfloat16', shape: value.shape } as const;
  const rest = inputs.slice(lower.length); // shapes and axes
  return graph.value(op, [...lower, ...rest], result, { ...attributes, T: { type: 'bfloat16' } });
}

/** Operations that move numbers and change none, and how many of their first inputs hold them. */
const moving: Readonly<Record<string, (inputs: readonly Value[]) => number>> = {
  Reshape: () => 1,
  Transpose: () => 1,
  ConcatV2: ({ length }) => length - 1,
};

function cast(graph: Graph, value: Value, dtype: 'float32' | 'bfloat16'): Value {
  return graph.value(
    'Cast',
    [value],
    { dtype, shape: value.shape },
    { SrcT: { type: value.dtype }, DstT: { type: dtype } },
  );
}
