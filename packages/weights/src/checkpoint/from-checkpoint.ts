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
 * @param options.ema whether averaged weights (`ema.…`) are taken where the checkpoint has them; true unless given
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
export function fromCheckpoint(
  tensors: Readonly<Record<string, HostTensor>>,
  options: { readonly ema?: boolean } = {},
): ModelTensors {
  const { ema = true } = options;
  const model = { ...under('model.', tensors), ...(ema ? under('ema.', tensors) : {}) };
  const backbone = under('backbone.', model);
  if (Object.keys(backbone).length === 0)
    throw new Error(
      `This is no checkpoint of a training: no tensor's name begins with model.backbone. There are ${
        Object.keys(tensors).slice(0, 3).join(', ') || 'none'
      }${Object.keys(tensors).length > 3 ? ' and more' : ''}. Weights of timm are read by fromTimmVit.`,
    );
  const ofHeads = under('heads.', model);
  const names = new Set(Object.keys(ofHeads).map((path) => path.slice(0, path.indexOf('.'))));
  return {
    backbone,
    heads: Object.fromEntries([...names].map((name) => [name, under(`${name}.`, ofHeads)])),
  };
}

/** What lies under a prefix, by the rest of its name. */
function under<Value>(prefix: string, record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  );
}
