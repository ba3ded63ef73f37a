import * as tf from '@tensorflow/tfjs-core';
import { expect, inject, it } from 'vitest';
import { exampleModel } from '../../testing/example-model.js';
import { canCompile, nativeBackend } from './native-backend.js';
import { openSession } from './session.js';

const isNative = inject('engine') === 'tensorflow';

it('is the native engine alone that runs graphs', () => {
  expect(canCompile()).toBe(isNative);
});

it.runIf(isNative)('is handed out as it is', () => {
  expect(nativeBackend()).toBe(tf.backend());
});

it.skipIf(isNative)('is asked for by name where another one answers', () => {
  const expected = `Compiling needs the native engine, and the backend ${tf.getBackend()} answers now`;
  expect(() => nativeBackend()).toThrow(expected);
  expect(() => openSession(exampleModel)).toThrow(expected);
});
