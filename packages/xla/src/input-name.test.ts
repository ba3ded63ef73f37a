import { describe, expect, it } from 'vitest';
import { inputName } from './input-name.js';

describe('inputName', () => {
  it.each([
    [['scalar', 'weights.absolute'], 'scalar_weights_absolute'],
    [['random', 'uniform', 'blocks.0/keep', '2x1'], 'random_uniform_blocks_0_keep_2x1'],
    [['random', 'normal', 'größe', ''], 'random_normal_gr__e'],
  ])('makes an identifier of %j', (parts, name) => {
    expect(inputName(...parts)).toBe(name);
  });
});
