import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs';
import { oneHot } from '@whereabouts/layers';
import { openBackend } from '@whereabouts/runtime';
import { compile } from '/work/main/packages/xla/src/index.js';
await openBackend({ backend: 'native' });
const N = 16384, C = 225;
const bias = tf.variable(tf.randomNormal([C])); const logitsIn = tf.variable(tf.randomNormal([N, C]));
const sink = tf.variable(tf.zeros([N, C]));
const iota = () => tf.expandDims(tf.range(0, C, 1, 'int32'), 0);
const parts: Record<string, (l: tf.Tensor2D, labels: tf.Tensor1D) => Record<string, tf.Tensor>> = {
  copy: (l) => ({ g: tf.add(l, bias) }),
  softmax: (l) => ({ g: tf.softmax(tf.add(l, bias)) }),
  softmaxOwn: (l) => { const x = tf.add(l, bias); const top = tf.max(x, -1, true); const e = tf.exp(tf.sub(x, top)); return { g: tf.div(e, tf.sum(e, -1, true)) }; },
  softmaxRe: (l) => { const x = tf.add(l, bias); const top = tf.max(x, -1, true); const lse = tf.add(top, tf.log(tf.sum(tf.exp(tf.sub(x, top)), -1, true))); return { g: tf.exp(tf.sub(x, lse)) }; },
  max: (l) => ({ m: tf.max(tf.add(l, bias), -1) }),
  argmax: (l) => ({ m: tf.cast(tf.argMax(tf.add(l, bias), -1), 'float32') }),
  argmin: (l) => { const x = tf.add(l, bias); const top = tf.max(x, -1, true); return { m: tf.min(tf.where(tf.equal(x, top), tf.cast(iota(), 'float32'), tf.scalar(C)), -1) }; },
  own: (l, labels) => { const x = tf.add(l, bias); return { m: tf.sum(tf.mul(x, oneHot(labels, C)), -1) }; },
  ownEq: (l, labels) => { const x = tf.add(l, bias); return { m: tf.sum(tf.where(tf.equal(iota(), tf.expandDims(labels, 1)), x, tf.scalar(0)), -1) }; },
  lean: (l, labels) => {
    const x = tf.add(l, bias); const top = tf.max(x, -1, true); const e = tf.exp(tf.sub(x, top)); const s = tf.sum(e, -1, true);
    const is = tf.equal(iota(), tf.expandDims(labels, 1));
    const own = tf.sum(tf.where(is, x, tf.scalar(0)), -1, true);
    const arg = tf.min(tf.where(tf.equal(x, top), tf.cast(iota(), 'float32'), tf.scalar(C)), -1);
    return { g: tf.sub(tf.div(e, s), tf.cast(is, 'float32')), m: tf.add(arg, tf.reshape(tf.sub(tf.add(tf.log(s), top), own), [-1])) };
  },
};
for (const precision of ['float32'] as const) for (const [name, part] of Object.entries(parts)) {
  const names = (process.argv[2] ?? '').split(',').filter(Boolean); if (names.length && !names.includes(name)) continue;
  const c = compile({ f: { inputs: { labels: { shape: [N], dtype: 'int32' } }, run: ({ labels }) => {
    const out = part(logitsIn as never, labels as never);
    if (out.g) sink.assign(out.g as never);
    return { y: out.m ? tf.mean(out.m) : tf.scalar(0) };
  } } }, { precision });
  const labels = tf.range(0, N, 1, 'int32').mod(tf.scalar(C, 'int32'));
  const run = () => tf.dispose(c.run('f', { labels }));
  run(); run();
  const t: number[] = []; const c0 = process.cpuUsage();
  for (let i = 0; i < 25; i++) { const s = performance.now(); run(); t.push(performance.now() - s); }
  const cpu = process.cpuUsage(c0);
  t.sort((a, b) => a - b);
  console.log(name.padEnd(12), 'min', t[0]!.toFixed(2), 'median', t[12]!.toFixed(2), 'cpu', ((cpu.user + cpu.system) / 25000).toFixed(2));
  c.dispose();
}
