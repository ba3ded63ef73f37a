import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { reference } from '../../testing/nodes.js';
import type { Dtype } from '../graph/dtype.js';
import { signatureCall } from './signature-call.js';

const outputs = { y: reference('y:1', 'float32', []) };
const call = signatureCall('step', {
  inputs: { images: reference('x:0', 'float32', [2, 3]), labels: reference('l:0', 'int32', [2]) },
  outputs,
});
const images = () => tf.zeros([2, 3]);
const labels = () => tf.zeros([2], 'int32');

describe('a call of a signature', () => {
  it('takes inputs by name and puts them in order', () => {
    const given = { labels: labels(), images: images() };
    expect(call.ordered(given)).toEqual([given.images, given.labels]);
    expect(call.inputInfos).toEqual([{ name: 'x:0' }, { name: 'l:0' }]);
    expect(call).toMatchObject({ fetches: ['y:1'], outputNames: ['y'] });
  });

  const wrong: [string, () => Record<string, tf.Tensor>, string][] = [
    [
      'is missing',
      () => ({ images: images() }),
      'The input "labels" of "step" must be int32 [2], and was not given.',
    ],
    [
      'has another shape',
      () => ({ images: tf.zeros([3, 2]), labels: labels() }),
      'must be float32 [2, 3], and is float32 [3, 2].',
    ],
    [
      'has another rank',
      () => ({ images: tf.zeros([6]), labels: labels() }),
      'must be float32 [2, 3], and is float32 [6].',
    ],
    [
      'has another dtype',
      () => ({ images: images(), labels: tf.zeros([2]) }),
      'must be int32 [2], and is float32 [2].',
    ],
    [
      'is unknown',
      () => ({ images: images(), labels: labels(), mask: labels() }),
      '"step" takes images, labels, and was given mask too.',
    ],
  ];
  it.each(wrong)('says which input %s', (_, inputs, message) => {
    expect(() => call.ordered(inputs())).toThrow(message);
  });

  it('says which input was disposed', () => {
    const disposed = labels();
    disposed.dispose();
    expect(() => call.ordered({ images: images(), labels: disposed })).toThrow(
      'The input "labels" of "step" must be int32 [2], and is a tensor that was disposed.',
    );
  });

  it.each<Dtype>(['bfloat16', 'int64', 'resource'])('is refused with %s, which no tensor has', (dtype) => {
    const inputs = { images: reference('x:0', dtype, [2]) };
    expect(() => signatureCall('step', { inputs, outputs })).toThrow(
      `"images" of the signature "step" is ${dtype}`,
    );
  });
});
