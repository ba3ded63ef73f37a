import { type Stream, stream } from '@whereabouts/layers';
import type { Size } from './picture.js';
import type { Box } from './view.js';

/** Rectangles of a normalised image that are overwritten with noise. */
export interface RandomErasing {
  /** The share of images that lose something. Default 0.25. */
  readonly probability?: number | undefined;
  /** What comes in: `pixel` normal noise, `rand` one normal colour per rectangle, `const` the mean colour. Default `pixel`. */
  readonly mode?: 'pixel' | 'rand' | 'const' | undefined;
  /** The range of the erased share of the area, all rectangles together. Default `[0.02, 1 / 3]`. */
  readonly area?: readonly [number, number] | undefined;
  /** The range of height / width. Default `[0.3, 1 / 0.3]`. */
  readonly aspect?: readonly [number, number] | undefined;
  /** At most so many rectangles; their number is drawn from 1 on. Default 1. */
  readonly count?: number | undefined;
}

/** One rectangle to erase, drawn; plain data. */
export interface Erasure {
  readonly box: Box;
  /** Normalised red, green and blue. */
  readonly colour: readonly [number, number, number];
  /** Where it is noise instead: the path of the stream that gives a normal number for each colour of each pixel. */
  readonly noise?: readonly (string | number)[];
}

const tries = 10;

/**
 * Draws the rectangles of one image; all of it depends on `path` alone.
 *
 * @source Zhong et al., Random Erasing (arXiv 1708.04896); as timm's `RandomErasing`: ten tries for a rectangle that is
 *   smaller than the image, else none
 */
export function drawErasures(
  erasing: RandomErasing,
  { width, height }: Size,
  path: readonly (string | number)[],
): readonly Erasure[] {
  const { probability = 0.25, mode = 'pixel', area = [0.02, 1 / 3], aspect = [0.3, 1 / 0.3] } = erasing;
  const random = stream(...path);
  if (random.uniform() >= probability) return [];
  const count = 1 + random.integer(erasing.count ?? 1);
  return Array.from({ length: count }, (_, number): Erasure[] => {
    const box = drawBox({ width, height }, [area[0] / count, area[1] / count], aspect, random);
    if (box === undefined) return [];
    return [{ box, ...fillings[mode](random, [...path, number]) }];
  }).flat();
}

const fillings: Readonly<
  Record<
    'pixel' | 'rand' | 'const',
    (random: Stream, path: readonly (string | number)[]) => Omit<Erasure, 'box'>
  >
> = {
  pixel: (_, noise) => ({ colour: [0, 0, 0], noise }),
  rand: (random) => ({ colour: [random.normal(), random.normal(), random.normal()] }),
  const: () => ({ colour: [0, 0, 0] }),
};

function drawBox(
  { width, height }: Size,
  area: readonly [number, number],
  aspect: readonly [number, number],
  random: Stream,
): Box | undefined {
  const between = (from: number, to: number) => from + (to - from) * random.uniform();
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const pixels = between(...area) * width * height;
    const ratio = Math.exp(between(Math.log(aspect[0]), Math.log(aspect[1])));
    const down = Math.round(Math.sqrt(pixels * ratio));
    const across = Math.round(Math.sqrt(pixels / ratio));
    if (across >= width || down >= height) continue;
    const top = random.integer(height - down + 1);
    const left = random.integer(width - across + 1);
    return { left, top, width: across, height: down };
  }
  return undefined;
}

/** Overwrites rectangles of a normalised `image` `[height, width, 3]` float32, in place. */
export function erase(image: Float32Array, width: number, erasures: readonly Erasure[]): void {
  for (const { box, colour, noise } of erasures) {
    const normal = noise && stream(...noise).normal;
    for (let row = box.top; row < box.top + box.height; row += 1) {
      let target = (row * width + box.left) * 3;
      for (const end = target + box.width * 3; target < end; target += 1)
        image[target] = normal === undefined ? (colour[target % 3] as number) : normal();
    }
  }
}
