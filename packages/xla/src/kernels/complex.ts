import type { Dtype } from '../graph/dtype.js';
import type { Value } from '../graph/graph.js';
import type { Kernel, Kernels } from './kernel.js';

const part = (op: string, input: string): Kernel => ({
  record: ({ graph, inputs }) => {
    const x = inputs[input] as Value;
    const result = { dtype: 'float32' as Dtype, shape: x.shape };
    return graph.value(op, [x], result, { T: { type: 'complex64' }, Tout: { type: 'float32' } });
  },
});

const transform = (op: string): Kernel => ({
  record: ({ graph, inputs }) => {
    const input = inputs.input as Value;
    return graph.value(op, [input], input, { Tcomplex: { type: 'complex64' } });
  },
});

/** Complex numbers and their Fourier transforms. */
export const complexNumbers: Kernels = {
  Complex: {
    record: ({ graph, inputs }) => {
      const { real, imag } = inputs as { real: Value; imag: Value };
      return graph.value(
        'Complex',
        [real, imag],
        { dtype: 'complex64', shape: real.shape },
        { T: { type: 'float32' }, Tout: { type: 'complex64' } },
      );
    },
  },
  Real: part('Real', 'input'),
  Imag: part('Imag', 'input'),
  ComplexAbs: part('ComplexAbs', 'x'),
  FFT: transform('FFT'),
  IFFT: transform('IFFT'),
};
