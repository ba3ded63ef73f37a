import type { SavedModel } from '../src/graph/saved-model.js';
import {
  assign,
  callExpPlusOne,
  constant,
  expPlusOne,
  node,
  placeholder,
  reference,
  variable,
} from './nodes.js';

const weight = {
  dtype: 'float32',
  shape: [2, 3],
  values: Float32Array.of(0.1, -0.2, 0.3, 0.4, -0.5, 0.6),
} as const;
const matrix = ['float32', [2, 3]] as const;

/**
 * A model with one variable, which its initialiser fills: `predict` gives `exp(x · weight) + 1`, `assign` takes another
 * weight, `fetch` gives it.
 */
export const exampleModel: SavedModel = {
  nodes: [
    ...variable('weight', ...matrix),
    constant('initial', weight),
    ...assign('initialise', 'weight', 'initial', 'float32'),
    node('initialiser', 'NoOp', ['^initialise']),
    placeholder('x', 'float32', [1, 2]),
    node('product', 'MatMul', ['x', 'weight/read'], { T: { type: 'float32' } }),
    callExpPlusOne('y', 'product'),
    placeholder('new', ...matrix),
    ...assign('assign', 'weight', 'new', 'float32'),
  ],
  functions: [expPlusOne],
  signatures: {
    predict: {
      inputs: { x: reference('x:0', 'float32', [1, 2]) },
      outputs: { y: reference('y:0', 'float32', [1, 3]) },
    },
    assign: {
      inputs: { weight: reference('new:0', ...matrix) },
      outputs: { done: reference('assign/done:0', 'float32', []) },
    },
    fetch: { inputs: {}, outputs: { weight: reference('weight/read:0', ...matrix) } },
  },
  initialiser: 'initialiser',
};
