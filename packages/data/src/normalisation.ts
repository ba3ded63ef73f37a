/** Mean and standard deviation of each colour (red, green, blue), of values from 0 to 1. */
export interface Normalisation {
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
}

/**
 * ImageNet's mean and deviation, which most public weights were trained with.
 *
 * @source timm, `IMAGENET_DEFAULT_MEAN` and `IMAGENET_DEFAULT_STD`
 */
export const imageNetNormalisation: Normalisation = {
  mean: [0.485, 0.456, 0.406],
  deviation: [0.229, 0.224, 0.225],
};

/** `[3, 256]` float32: what each byte of each colour becomes, `(byte / 255 - mean) / deviation`. */
export function normalisationTable({ mean, deviation }: Normalisation): Float32Array {
  const table = new Float32Array(3 * 256);
  for (const colour of [0, 1, 2] as const)
    for (let byte = 0; byte < 256; byte += 1)
      table[colour * 256 + byte] = (byte / 255 - mean[colour]) / deviation[colour];
  return table;
}

/** The mean as bytes of red, green and blue: what comes in where an augmentation looks outside of a picture, as in timm. */
export function meanColour({ mean }: Normalisation): readonly [number, number, number] {
  const byte = (value: number) => Math.min(255, Math.max(0, Math.round(255 * value)));
  return [byte(mean[0]), byte(mean[1]), byte(mean[2])];
}
