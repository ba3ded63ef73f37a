import { describe, expect, inject, it } from 'vitest';
import { chooseExecutor } from './choose-executor.js';

const native = inject('engine') === 'tensorflow';

describe('chooseExecutor', () => {
  it('compiles where it can unless told otherwise', () => {
    expect(chooseExecutor({ executor: 'auto', precision: 'float32' }).name).toBe(
      native ? 'compiled float32' : 'eager',
    );
    expect(chooseExecutor({ executor: 'eager', precision: 'float32' }).name).toBe('eager');
  });

  it.runIf(native)('hands the precision on', () => {
    expect(chooseExecutor({ executor: 'compiled', precision: 'bf16' }).name).toBe('compiled bf16');
  });

  it.skipIf(native)('refuses what needs the native backend, before anything is written', () => {
    expect(() => chooseExecutor({ executor: 'compiled', precision: 'float32' })).toThrow('native install');
    expect(() => chooseExecutor({ executor: 'auto', precision: 'bf16' })).toThrow('Products in bf16');
  });

  it('refuses bf16 op by op', () => {
    expect(() => chooseExecutor({ executor: 'eager', precision: 'bf16' })).toThrow('--executor eager');
  });
});
