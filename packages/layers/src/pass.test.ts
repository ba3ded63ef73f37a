import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { evaluationPass, trainingPass, within } from './pass.js';

const draw = (pass: ReturnType<typeof trainingPass>) => Array.from(pass.random.uniform('a', [4]).dataSync());

describe('passes', () => {
  it('trains, or does not', () => {
    expect(trainingPass({ seed: 0, step: 0 }).training).toBe(true);
    expect(evaluationPass().training).toBe(false);
    expect(within(evaluationPass(), 'part').training).toBe(false);
    expect(within(trainingPass({ seed: 0, step: 0 }), 'part').training).toBe(true);
  });

  it('draws by seed and step', () => {
    expect(draw(trainingPass({ seed: 1, step: 2 }))).toEqual(draw(trainingPass({ seed: 1, step: 2 })));
    expect(draw(trainingPass({ seed: 1, step: 2 }))).not.toEqual(draw(trainingPass({ seed: 1, step: 3 })));
  });

  it('draws apart in each part of a model', () => {
    const pass = trainingPass({ seed: 1, step: 2 });
    expect(draw(within(pass, 'blocks.0'))).not.toEqual(draw(within(pass, 'blocks.1')));
    expect(draw(within(within(pass, 'a'), 'b'))).toEqual(draw(within(pass, 'a/b')));
  });

  it('hands each part the scalars of its own', () => {
    const scalars = { 'heads.drop.sigma': tf.scalar(0.5), 'heads.dropped': tf.scalar(1) };
    const pass = { ...trainingPass({ seed: 0, step: 0 }), scalars };
    expect(within(pass, 'heads.drop').scalars).toEqual({ sigma: scalars['heads.drop.sigma'] });
    expect(within(within(pass, 'heads'), 'drop').scalars).toEqual({ sigma: scalars['heads.drop.sigma'] });
    expect(within(evaluationPass(), 'heads').scalars).toBeUndefined();
  });
});
