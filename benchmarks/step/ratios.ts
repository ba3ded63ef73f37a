import { nameOf, type PeerName } from './contenders.js';
import type { Measurement, Run } from './measurement.js';
import type { Setting } from './setting.js';

/** What was promised: a number that must be reached (`least`) or not be exceeded (`most`). */
export interface Target {
  readonly bound: 'least' | 'most';
  readonly must: number;
  readonly aim: number;
}

/** A comparison of two contenders of a run. */
export interface Ratio {
  readonly name: string;
  readonly value: number;
  /** Absent where nothing was promised. */
  readonly target?: Target;
}

interface Promised {
  readonly name: string;
  readonly of: PeerName;
  readonly to: readonly PeerName[];
  readonly backend: Setting['backend'];
  readonly ratio: (one: Measurement, others: readonly Measurement[]) => number;
  readonly target: Target;
}

const least = (must: number, aim: number): Target => ({ bound: 'least', must, aim });
const most = (must: number, aim: number): Target => ({ bound: 'most', must, aim });

const throughput: Promised['ratio'] = (one, others) =>
  Math.min(...others.map(({ median }) => median)) / one.median;
const memory: Promised['ratio'] = (one, others) =>
  (one.peakMemory ?? Number.NaN) / Math.min(...others.map(({ peakMemory }) => peakMemory ?? Number.NaN));

const promises: readonly Promised[] = [
  {
    name: 'throughput, ours compiled float32 : plain TensorFlow.js',
    of: 'ours-float32',
    to: ['plain'],
    backend: 'native',
    ratio: throughput,
    target: least(2, 2.5),
  },
  {
    name: 'throughput, ours compiled bf16 : plain TensorFlow.js',
    of: 'ours-bf16',
    to: ['plain'],
    backend: 'native',
    ratio: throughput,
    target: least(3.3, 4),
  },
  {
    name: 'throughput, ours compiled float32 : PyTorch float32',
    of: 'ours-float32',
    to: ['pytorch-float32'],
    backend: 'native',
    ratio: throughput,
    target: least(0.9, 1.1),
  },
  {
    name: "throughput, ours compiled bf16 : the better of PyTorch's eager two",
    of: 'ours-bf16',
    to: ['pytorch-float32', 'pytorch-bf16'],
    backend: 'native',
    ratio: throughput,
    target: least(1.1, 1.5),
  },
  {
    name: 'peak memory, ours compiled bf16 : PyTorch float32',
    of: 'ours-bf16',
    to: ['pytorch-float32'],
    backend: 'native',
    ratio: memory,
    target: most(1.3, 1),
  },
  {
    name: 'throughput, ours eager : plain TensorFlow.js, native',
    of: 'ours-eager',
    to: ['plain'],
    backend: 'native',
    ratio: throughput,
    target: least(1.3, 1.7),
  },
  {
    name: 'throughput, ours eager : plain TensorFlow.js, wasm',
    of: 'ours-eager',
    to: ['plain'],
    backend: 'wasm',
    ratio: throughput,
    target: least(3, 6),
  },
];

/** The ratios of medians whose contenders this run has, in the order of the promises; then what position labels cost. */
export function ratiosOf({ setting, measured }: Run): readonly Ratio[] {
  const compared = promises
    .filter(({ backend }) => backend === setting.backend)
    .flatMap(({ name, of, to, ratio, target }) =>
      measured
        .filter(({ peer }) => peer === of)
        .flatMap((one) => {
          const others = measured.filter(({ peer, labels }) => to.includes(peer) && labels === one.labels);
          if (others.length < to.length) return [];
          const suffix = one.labels === 'none' ? '' : ` (${one.labels})`;
          // The promises are about processors.
          const promised = setting.device === 'cpu' ? { target } : {};
          return [{ name: name + suffix, value: ratio(one, others), ...promised }];
        }),
    );
  return [...compared, ...extraTimes(measured, setting.model.depth)];
}

// What was promised is the compiled step's extra time at depth 12 with both labels, exactly.
function extraTimes(measured: readonly Measurement[], depth: number): readonly Ratio[] {
  return measured
    .filter(({ labels }) => labels !== 'none')
    .flatMap((one): Ratio[] => {
      const without = measured.find(({ peer, labels }) => peer === one.peer && labels === 'none');
      if (without === undefined) return [];
      const promised = depth === 12 && one.labels === 'both' && /^ours-(float32|bf16)$/.test(one.peer);
      return [
        {
          name: `time, ${nameOf(one)} : without labels`,
          value: one.median / without.median,
          ...(promised ? { target: most(1.25, 1.12) } : {}),
        },
      ];
    });
}

/** Whether a value keeps what was promised. */
export function keeps(value: number, { bound, must }: Target): boolean {
  return bound === 'least' ? value >= must : value <= must;
}
