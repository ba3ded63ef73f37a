import type { Grid, HostTensor } from '@whereabouts/layers';
import { type ModelPart, type NamePair, translate } from './name-pair.js';
import { withPresentNames } from './older-timm-swin.js';
import { resizeRelativePositionBias } from './resize-relative-position-bias.js';
import { layouts } from './timm-layouts.js';
import { timmSwinNames } from './timm-swin-names.js';

/** Tensors of a Swin by our paths: of its backbone, and of the classification head on it. */
export interface SwinTensors {
  readonly backbone: Readonly<Record<string, HostTensor>>;
  /** Empty where there is no head. */
  readonly classification: Readonly<Record<string, HostTensor>>;
}

/**
 * Brings the tensors of timm's `SwinTransformer` into our names and layouts: linear weights `[outputs, inputs]` become
 * `[inputs, outputs]`, the convolution `[channels, inputChannels, patchSize, patchSize]` becomes
 * `[patchSize * patchSize * inputChannels, channels]` with rows in (row, column, channel) order, `downsample` becomes `merging`,
 * and `relative_position_bias_table` becomes `relativePositionBias`.
 *
 * Files of timm before 0.9 and of the authors are read as well. `attn_mask` and `relative_position_index` are left out, since
 * they are computed anew.
 *
 * @param options.windows in tokens, one per stage, such as `swin(…).windows`: biases that were learned with other windows,
 * which have to be square, are resized to them; unless given, no value is changed
 * @throws when a name is not one of timm's Swin (all of them are listed), a tensor has another rank than there, or a bias
 * belongs to no square window and would have to be resized
 * @source timm 1.0.29 `swin_transformer.py`
 * @example
 * ```ts
 * import { fromTimmSwin } from '@whereabouts/weights';
 *
 * const table = { shape: [9, 3], dtype: 'float32', values: new Float32Array(27) } as const;
 * const { backbone } = fromTimmSwin(
 *   { 'layers.0.blocks.1.attn.relative_position_bias_table': table },
 *   { windows: [{ rows: 4, columns: 4 }] },
 * );
 * backbone['stages.0.blocks.1.attention.relativePositionBias']?.shape; // => [49, 3]
 * ```
 */
export function fromTimmSwin(
  tensors: Readonly<Record<string, HostTensor>>,
  options: { readonly windows?: readonly Grid[] } = {},
): SwinTensors {
  const parts: Record<ModelPart, [string, HostTensor][]> = { backbone: [], classification: [] };
  const unexpected: string[] = [];
  for (const [name, tensor] of Object.entries(withPresentNames(tensors))) {
    const found = translate(name, timmSwinNames, 'timm', 'ours');
    if (found === undefined) unexpected.push(name);
    else parts[found.row.part].push([found.name, convert(name, found.row, tensor)]);
  }
  if (unexpected.length > 0)
    throw new Error(
      `A Swin of timm has no ${unexpected.join(', ')}. Remove what you don't need, or convert a checkpoint of a Swin (version 1).`,
    );
  const { windows } = options;
  const fitted =
    windows === undefined
      ? parts.backbone
      : parts.backbone.map(([path, tensor]) => [path, fitBias(path, tensor, windows)] as const);
  return {
    backbone: Object.fromEntries(fitted),
    classification: Object.fromEntries(parts.classification),
  };
}

function convert(name: string, row: NamePair, tensor: HostTensor): HostTensor {
  try {
    return layouts[row.layout].fromTimm(tensor);
  } catch (error) {
    throw new Error(`${name} of timm's Swin ${(error as Error).message}.`, { cause: error });
  }
}

function fitBias(path: string, tensor: HostTensor, windows: readonly Grid[]): HostTensor {
  const stage = /^stages\.(\d+)\..*\.relativePositionBias$/.exec(path)?.[1];
  const to = stage === undefined ? undefined : windows[Number(stage)];
  if (to === undefined) return tensor;
  const [offsets = 0] = tensor.shape;
  if (offsets === (2 * to.rows - 1) * (2 * to.columns - 1)) return tensor;
  const side = (Math.sqrt(offsets) + 1) / 2;
  if (!Number.isInteger(side))
    throw new Error(
      `${path} has ${offsets} offsets. That is no square window's, so it can't be told how to resize it for a window of ` +
        `${to.rows} x ${to.columns} tokens; call resizeRelativePositionBias, and say which window it was learned with.`,
    );
  return resizeRelativePositionBias(tensor, { from: { rows: side, columns: side }, to });
}
