import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test, vi } from 'vitest';
import { type BackendName, openBackend } from './open-backend.js';

const product = () => {
  const gradient = tf.grad((x) => tf.sum(tf.matMul(x as tf.Tensor2D, x as tf.Tensor2D)));
  return Array.from(gradient(tf.tensor2d([1, 2, 3, 4], [2, 2])).dataSync());
};

describe('opening a backend by name', () => {
  test.each(['cpu', 'wasm', 'cpu', 'wasm'] as const)(
    '%s computes gradients for the caller',
    async (backend) => {
      expect(await openBackend({ backend })).toEqual({ backend, device: 'CPU', threads: 1, skipped: [] });
      expect(tf.getBackend()).toBe(backend);
      expect(product()).toEqual([7, 11, 9, 13]);
    },
  );

  test('cpu does not advertise another package', async () => {
    const warning = vi.spyOn(console, 'warn');
    await openBackend({ backend: 'cpu' });
    product();
    expect(warning).not.toHaveBeenCalled();
  });

  test('one that does not exist is refused with the list of those that do', async () => {
    await expect(openBackend({ backend: 'cuda' as BackendName })).rejects.toThrow(
      'There is no backend "cuda"; choose one of auto, native, tensorflow, wasm, cpu and webgpu.',
    );
  });

  test('webgpu is not pretended', async () => {
    await expect(openBackend({ backend: 'webgpu' })).rejects.toThrow(/is not registered.*navigator.gpu/);
  });

  test('webgpu that the caller registered is selected, and one that does not start is not believed', async () => {
    tf.registerBackend('webgpu', () => Promise.reject(new Error('no adapter')));
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    await expect(openBackend({ backend: 'webgpu' })).rejects.toThrow(/did not accept the backend webgpu/);
    tf.removeBackend('webgpu');
  });

  test.each([0, -1, 1.5, Number.NaN])('%s threads are refused', async (threads) => {
    await expect(openBackend({ threads })).rejects.toThrow(
      `The number of threads must be a whole number from 1 on, and is ${threads}.`,
    );
  });
});
