import { describe, expect, it } from 'vitest';
import type { PeerName } from './contenders.js';
import type { Measurement, Run } from './measurement.js';
import { keeps, ratiosOf } from './ratios.js';
import { type Labels, settingOf } from './setting.js';

function measured(peer: PeerName, median: number, peakMemory = 1e9, labels: Labels = 'none'): Measurement {
  const numbers = { milliseconds: [median], minimum: median, imagesPerSecond: 64000 / median, losses: [1] };
  return { peer, labels, median, peakMemory, engine: 'one', firstStep: 1, ...numbers };
}

function ratios(measurements: readonly Measurement[], given: Partial<Parameters<typeof settingOf>[0]> = {}) {
  const setting = settingOf({ backend: 'native', batch: 64, channels: 192, depth: 6, ...given });
  const run: Run = { setting, measured: measurements, skipped: [] };
  return Object.fromEntries(ratiosOf(run).map(({ name, value, target }) => [name, [value, target?.must]]));
}

describe('the ratios of a run', () => {
  it('compare speed and memory with what was promised', () => {
    const run = [
      measured('plain', 900),
      measured('ours-eager', 600),
      measured('ours-float32', 450),
      measured('ours-bf16', 250, 1.2e9),
      measured('pytorch-float32', 360, 0.8e9),
      measured('pytorch-bf16', 300, 0.7e9),
    ];
    expect(ratios(run)).toEqual({
      'throughput, ours compiled float32 : plain TensorFlow.js': [2, 2],
      'throughput, ours compiled bf16 : plain TensorFlow.js': [3.6, 3.3],
      'throughput, ours compiled float32 : PyTorch float32': [0.8, 0.9],
      "throughput, ours compiled bf16 : the better of PyTorch's eager two": [1.2, 1.1],
      'peak memory, ours compiled bf16 : PyTorch float32': [1.2e9 / 0.8e9, 1.3],
      'throughput, ours eager : plain TensorFlow.js, native': [1.5, 1.3],
    });
  });

  it('leave out what has not both sides', () => {
    expect(ratios([measured('ours-bf16', 250), measured('pytorch-bf16', 300)])).toEqual({});
  });

  it('have another promise on wasm', () => {
    expect(ratios([measured('plain', 800), measured('ours-eager', 200)], { backend: 'wasm' })).toEqual({
      'throughput, ours eager : plain TensorFlow.js, wasm': [4, 3],
    });
  });

  it('compare only the same labels, and say what labels cost', () => {
    const run = [
      measured('ours-float32', 400),
      measured('ours-float32', 500, 1e9, 'both'),
      measured('pytorch-float32', 800, 1e9, 'both'),
    ];
    const speed = { 'throughput, ours compiled float32 : PyTorch float32 (both)': [1.6, 0.9] };
    const time = 'time, ours, compiled float32 + both : without labels';
    expect(ratios(run)).toEqual({ ...speed, [time]: [1.25, undefined] });
    expect(ratios(run, { depth: 12 })).toEqual({ ...speed, [time]: [1.25, 1.25] });
  });
});

it('a promise is kept on its own side of the number', () => {
  expect(keeps(2, { bound: 'least', must: 2, aim: 3 })).toBe(true);
  expect(keeps(1.9, { bound: 'least', must: 2, aim: 3 })).toBe(false);
  expect(keeps(1.3, { bound: 'most', must: 1.3, aim: 1 })).toBe(true);
  expect(keeps(1.4, { bound: 'most', must: 1.3, aim: 1 })).toBe(false);
});
