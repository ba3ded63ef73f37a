import type { Value } from '../graph/graph.js';
import { recordLeakyRelu, recordPrelu } from './activation.js';
import { recordFloating } from './cast.js';
import { recordScalar } from './constant.js';
import { recordBinary, recordPair, recordSelect, recordUnary } from './elementwise.js';
import type { Kernel, Kernels } from './kernel.js';

/** For operations that TensorFlow has for integers, too. */
const ofNumbers = (op: string): Kernel => ({
  record: ({ graph, inputs }) => recordUnary(graph, op, inputs.x as Value),
});

/** For operations that TensorFlow has for floating point only. */
const ofFloats = (op: string): Kernel => ({
  record: ({ graph, inputs }) => recordUnary(graph, op, recordFloating(graph, inputs.x as Value)),
});

/** Functions of one value, element by element. */
export const functions: Kernels = {
  Neg: ofNumbers('Neg'),
  Abs: ofNumbers('Abs'),
  Sign: ofNumbers('Sign'),
  Square: ofNumbers('Square'),
  Sqrt: ofFloats('Sqrt'),
  Rsqrt: ofFloats('Rsqrt'),
  Reciprocal: ofFloats('Reciprocal'),
  Exp: ofFloats('Exp'),
  Expm1: ofFloats('Expm1'),
  Log: ofFloats('Log'),
  Log1p: ofFloats('Log1p'),
  Erf: ofFloats('Erf'),
  Floor: ofFloats('Floor'),
  Ceil: ofFloats('Ceil'),
  Round: ofFloats('Round'),
  Sin: ofFloats('Sin'),
  Cos: ofFloats('Cos'),
  Tan: ofFloats('Tan'),
  Asin: ofFloats('Asin'),
  Acos: ofFloats('Acos'),
  Atan: ofFloats('Atan'),
  Sinh: ofFloats('Sinh'),
  Cosh: ofFloats('Cosh'),
  Tanh: ofFloats('Tanh'),
  Asinh: ofFloats('Asinh'),
  Acosh: ofFloats('Acosh'),
  Atanh: ofFloats('Atanh'),
  Sigmoid: ofFloats('Sigmoid'),
  Softplus: ofFloats('Softplus'),
  Relu: ofNumbers('Relu'),
  Relu6: ofNumbers('Relu6'),
  Elu: ofFloats('Elu'),
  Selu: ofFloats('Selu'),
  EluGrad: {
    record: ({ graph, inputs }) => recordBinary(graph, 'EluGrad', inputs.dy as Value, inputs.y as Value),
  },
  LeakyRelu: {
    record: ({ graph, inputs, attributes }) =>
      recordLeakyRelu(graph, inputs.x as Value, attributes.alpha as number),
  },
  Prelu: { record: ({ graph, inputs }) => recordPrelu(graph, inputs.x as Value, inputs.alpha as Value) },
  Step: {
    record: ({ graph, inputs, attributes }) => {
      const x = inputs.x as Value;
      const number = (value: number) => recordScalar(graph, value, x.dtype);
      const isPositive = recordPair(graph, 'Greater', x, number(0), 'bool', { T: { type: x.dtype } });
      const step = recordSelect(graph, isPositive, number(1), number(attributes.alpha as number));
      if (x.dtype !== 'float32') return step;
      const isNan = graph.value('IsNan', [x], { dtype: 'bool', shape: x.shape }, { T: { type: x.dtype } });
      return recordSelect(graph, isNan, x, step);
    },
  },
};
