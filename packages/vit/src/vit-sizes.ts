/** How wide and deep a ViT is. */
export interface VitSize {
  readonly channels: number;
  readonly depth: number;
  readonly heads: number;
}

/**
 * The usual sizes: ViT-Ti, S, B and L, to spread into the options of `vit`.
 *
 * @source Dosovitskiy et al. 2021, table 1 (base, large); Touvron et al. 2021 (DeiT), table 1 (tiny, small)
 */
export const vitSizes = {
  tiny: { channels: 192, depth: 12, heads: 3 },
  small: { channels: 384, depth: 12, heads: 6 },
  base: { channels: 768, depth: 12, heads: 12 },
  large: { channels: 1024, depth: 24, heads: 16 },
} as const satisfies Readonly<Record<string, VitSize>>;

/**
 * The distilled DeiTs, Ti, S and B, to spread into the options of `vit`: the ViT of that size with a distillation token.
 *
 * @source Touvron et al. 2021 (DeiT), table 1; timm's `deit_{tiny,small,base}_distilled`
 */
export const deitSizes = {
  tiny: { ...vitSizes.tiny, distillationToken: true },
  small: { ...vitSizes.small, distillationToken: true },
  base: { ...vitSizes.base, distillationToken: true },
} as const satisfies Readonly<Record<string, VitSize & { readonly distillationToken: true }>>;
