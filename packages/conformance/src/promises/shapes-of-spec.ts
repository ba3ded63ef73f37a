import type { Tensor } from '@tensorflow/tfjs-core';
import type { FeatureSpec, Features } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';

const promise = 'shapes and types equal the spec';

/** Features have the stages, shapes and types that their spec announces. */
export function shapesOfSpec(features: Features, spec: FeatureSpec, batchSize: number): void {
  const { stages } = features;
  const images = `for a batch of ${batchSize}`;
  if (stages.length !== spec.stages.length)
    throw brokenPromise(promise, `${spec.stages.length} stages`, `${stages.length}`);
  spec.stages.forEach(({ grid, channels, length, contentGiven }, index) => {
    const stage = stages[index];
    if (stage === undefined) return;
    const at = `stages.${index}`;
    requireTensor(stage.tokens, `${at}.tokens`, [batchSize, length, channels], 'float32', images);
    requireTensor(stage.positions, `${at}.positions`, [batchSize, length], 'int32', images);
    if (stage.grid.rows !== grid.rows || stage.grid.columns !== grid.columns)
      throw brokenPromise(promise, `${at}.grid ${JSON.stringify(grid)}`, JSON.stringify(stage.grid));
    if (stage.positionGiven !== undefined)
      requireTensor(stage.positionGiven, `${at}.positionGiven`, [batchSize, length], 'float32', images);
    else if (spec.positionEncoding === 'partial')
      throw brokenPromise(
        'a partial encoding says which tokens were told their position',
        `${at}.positionGiven, since the spec says positionEncoding: 'partial'`,
        'none',
      );
    if (stage.contentGiven !== undefined || contentGiven !== undefined)
      requireTensor(stage.contentGiven, `${at}.contentGiven`, [batchSize, length], 'float32', images);
    if (stage.contentGiven !== undefined && contentGiven === undefined)
      throw brokenPromise(
        'the spec says of how many tokens the model sees the pixels',
        `contentGiven in spec.stages.${index}, since the stage says which they are`,
        'none',
      );
  });
  for (const name of ['pooled', 'distilled'] as const) {
    const channels = spec[name] ?? 0;
    const vector = features[name];
    if (channels > 0) requireTensor(vector, name, [batchSize, channels], 'float32', images);
    else if (vector !== undefined)
      throw brokenPromise(
        promise,
        `no ${name} vector, since spec.${name} is ${spec[name] ?? 'absent'}`,
        `${name} [${vector.shape}]`,
      );
  }
}

function requireTensor(
  tensor: Tensor | undefined,
  name: string,
  shape: readonly number[],
  dtype: string,
  images: string,
): void {
  const expected = `${name} [${shape}] ${dtype} ${images}`;
  if (tensor === undefined) throw brokenPromise(promise, expected, 'nothing');
  if (tensor.shape.join() !== shape.join() || tensor.dtype !== dtype)
    throw brokenPromise(promise, expected, `[${tensor.shape}] ${tensor.dtype}`);
}
