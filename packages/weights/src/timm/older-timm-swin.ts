import type { HostTensor } from '@whereabouts/layers';

type Tensors = Readonly<Record<string, HostTensor>>;

/**
 * Gives tensors of timm's Swin their present names, and leaves out what is computed anew: `attn_mask` and
 * `relative_position_index`.
 *
 * In timm before 0.9 and in the authors' files, the merging stands in the stage before it (`layers.0.downsample` leads to
 * stage 1) and the classifier is `head`. A first stage has no merging today, so `layers.0.downsample` tells which it is.
 *
 * @source timm 1.0.29 `checkpoint_filter_fn`, which goes by `head.fc.weight` instead and so takes a file without head for old
 */
export function withPresentNames(tensors: Tensors): Tensors {
  const isOlder = Object.keys(tensors).some((name) => name.startsWith('layers.0.downsample.'));
  const renamed = (name: string): string => {
    const withHead = name.replace(/^head\.(weight|bias)$/, 'head.fc.$1');
    return isOlder
      ? withHead.replace(
          /^layers\.(\d+)\.downsample\./,
          (_, stage) => `layers.${Number(stage) + 1}.downsample.`,
        )
      : withHead;
  };
  return Object.fromEntries(
    Object.entries(tensors)
      .filter(([name]) => !/^layers\..*\.(attn_mask|relative_position_index)$/.test(name))
      .map(([name, tensor]) => [renamed(name), tensor]),
  );
}
