import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Sampling } from './operations/transform.js';
import type { Picture } from './picture.js';
import { operate, type PixelOperation } from './pixel-operation.js';
import { randAugmentChoices } from './rand-augment-choices.js';

interface Reference {
  readonly fill: Sampling['fill'];
  readonly pictures: Readonly<Record<string, { width: number; height: number; bytes: string }>>;
  readonly cases: readonly {
    readonly operation: string;
    readonly picture: string;
    readonly level?: number;
    readonly direction?: number;
    readonly interpolation?: Sampling['interpolation'];
    readonly amount: number;
    readonly bytes: string;
  }[];
}

const reference: Reference = JSON.parse(
  readFileSync(new URL('../fixtures/pixel-operations.json', import.meta.url), 'utf8'),
);
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const pictureOf = (name: string): Picture => {
  const { bytes, ...size } = reference.pictures[name] as Reference['pictures'][string];
  return { ...size, pixels: bytesOf(bytes) };
};
const isOfTimm = (name: string): name is keyof typeof randAugmentChoices => name in randAugmentChoices;

describe('operate', () => {
  it.each(reference.cases.filter(({ operation }) => isOfTimm(operation)))(
    'gives what timm gives: $operation of $picture, magnitude $level, $direction, $interpolation',
    ({ operation, picture, level = 0, direction = 1, interpolation = 'bicubic', amount, bytes }) => {
      if (!isOfTimm(operation)) throw new Error(operation);
      const choice = randAugmentChoices[operation];
      const drawn = choice.amount(level / 10, direction);
      expect(drawn).toBeCloseTo(amount, 12);
      const sampling = { interpolation, fill: reference.fill };
      const result = operate(pictureOf(picture), { name: choice.name, amount: drawn, sampling });
      expect(result.pixels).toEqual(bytesOf(bytes));
    },
  );

  it.each(reference.cases.filter(({ operation }) => !isOfTimm(operation)))(
    "gives what torchvision's colour jitter gives: $operation by $amount",
    ({ operation, picture, amount, bytes }) => {
      const sampling = { interpolation: 'bicubic', fill: reference.fill } as const;
      const name = operation as PixelOperation['name'];
      expect(operate(pictureOf(picture), { name, amount, sampling }).pixels).toEqual(bytesOf(bytes));
    },
  );
});
