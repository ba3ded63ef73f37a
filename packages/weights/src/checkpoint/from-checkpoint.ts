import type { HostTensor } from '@whereabouts/layers';

/** Tensors of a trained model, by path within each of its parts. */
export interface ModelTensors {
  readonly backbone: Readonly<Record<string, HostTensor>>;
  /** By the name that the head has in `joint`, such as `classes`. */
  readonly heads: Readonly<Record<string, Readonly<Record<string, HostTensor>>>>;
}

/**
 * Takes a model out of a checkpoint of `@whereabouts/trainer`: its tensors `model.backbone.<path>` and
 * `model.heads.<name>.<path>`, without the optimiser's, for `loadVariables` or `loadVit`.
 *
 * @param tensors of a file such as `last.safetensors`, by name
 * @throws when there is no tensor of a backbone among them
 * @example
 * ```ts
 * import { fromCheckpoint } from '@whereabouts/weights';
 *
 * const bias = { shape: [1], dtype: 'float32', values: Float32Array.of(1) } as const;
 * const { backbone, heads } = fromCheckpoint({ 'model.backbone.norm.bias': bias, 'model.heads.classes.bias': bias });
 * Object.keys(backbone); // => ["norm.bias"]
 * Object.keys(heads); // => ["classes"]
 * ```
 */
export function fromCheckpoint(tensors: Readonly<Record<string, HostTensor>>): ModelTensors {
  const backbone: [string, HostTensor][] = [];
  const heads = new Map<string, [string, HostTensor][]>();
  for (const [name, tensor] of Object.entries(tensors)) {
    const [, path, head, pathInHead] = /^model\.(?:backbone\.(.+)|heads\.([^.]+)\.(.+))$/.exec(name) ?? [];
    if (path !== undefined) backbone.push([path, tensor]);
    if (head !== undefined && pathInHead !== undefined)
      heads.set(head, [...(heads.get(head) ?? []), [pathInHead, tensor]]);
  }
  if (backbone.length === 0)
    throw new Error(
      `This is no checkpoint of a training: no tensor's name begins with model.backbone. There are ${
        Object.keys(tensors).slice(0, 3).join(', ') || 'none'
      }${Object.keys(tensors).length > 3 ? ' and more' : ''}. Weights of timm are read by fromTimmVit.`,
    );
  return {
    backbone: Object.fromEntries(backbone),
    heads: Object.fromEntries([...heads].map(([head, entries]) => [head, Object.fromEntries(entries)])),
  };
}
