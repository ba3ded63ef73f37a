import type { Stream } from '@whereabouts/layers';
import type { Size } from './picture.js';
import type { Box } from './view.js';

const tries = 10;

function centred(size: Size, width: number, height: number): Box {
  return {
    left: Math.floor((size.width - width) / 2),
    top: Math.floor((size.height - height) / 2),
    width,
    height,
  };
}

/**
 * Draws a box inside a picture: `scale` is the range of its share of the area, `ratio` that of width / height.
 *
 * Ten tries; where none fits, the largest centred box with a ratio in range.
 *
 * @source Szegedy et al., Going Deeper with Convolutions; as `RandomResizedCrop` of torchvision and timm
 */
export function randomResizedCrop(
  size: Size,
  scale: readonly [number, number],
  ratio: readonly [number, number],
  random: Stream,
): Box {
  const between = (from: number, to: number) => from + (to - from) * random.uniform();
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const area = between(...scale) * size.width * size.height;
    const aspect = Math.exp(between(Math.log(ratio[0]), Math.log(ratio[1])));
    const width = Math.round(Math.sqrt(area * aspect));
    const height = Math.round(Math.sqrt(area / aspect));
    if (width < 1 || height < 1 || width > size.width || height > size.height) continue;
    const top = random.integer(size.height - height + 1);
    const left = random.integer(size.width - width + 1);
    return { left, top, width, height };
  }
  const aspect = size.width / size.height;
  if (aspect < ratio[0])
    return centred(size, size.width, Math.max(1, Math.min(size.height, Math.round(size.width / ratio[0]))));
  if (aspect > ratio[1])
    return centred(size, Math.max(1, Math.min(size.width, Math.round(size.height * ratio[1]))), size.height);
  return centred(size, size.width, size.height);
}
