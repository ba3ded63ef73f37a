import type { HostTensor } from '@whereabouts/layers';
import { timmTensors } from '../../swin/testing/timm-reference.js';

const [side, channels] = [4, 3];

/** SimMIM's tensors under `prefix` by our paths and in our layout, by hand and on the host; those of the head under `head.`. */
export function simmimTensors(fixture: string, prefix: string): Record<string, HostTensor> {
  const named = timmTensors(fixture, prefix);
  const others = Object.entries(named).filter(([path]) => !/^(mask_token|decoder\.)/.test(path));
  const token = named.mask_token as HostTensor;
  return {
    ...Object.fromEntries(others),
    maskToken: { ...token, shape: [1, ...token.shape] },
    'head.prediction.weight': pixelsLast(named['decoder.0.weight'] as HostTensor),
    'head.prediction.bias': pixelsLast(named['decoder.0.bias'] as HostTensor),
  };
}

/** The last axis from the order of PyTorch's pixel shuffle, (channel, row, column), to ours, (row, column, channel). */
function pixelsLast({ shape, dtype, values }: HostTensor): HostTensor {
  const size = side * side * channels;
  const moved = Float32Array.from(values, (_, index) => {
    const [start, place] = [index - (index % size), index % size];
    const [pixel, channel] = [Math.floor(place / channels), place % channels];
    return values[start + channel * side * side + pixel] as number;
  });
  return { shape, dtype, values: moved };
}
