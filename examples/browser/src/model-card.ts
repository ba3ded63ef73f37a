import { z } from 'zod';

const whole = z.number().int().positive();
const colours = z.tuple([z.number(), z.number(), z.number()]);

const schema = z.object({
  vit: z.object({ patchSize: whole, channels: whole, depth: whole, heads: whole }),
  /** Height and width of the pictures, in pixels. */
  imageSize: whole,
  normalisation: z.object({ mean: colours, deviation: colours }),
  /** What was trained on, in words. */
  data: z.string(),
  epochs: whole,
  /** Share of the pieces of test pictures whose likeliest cell is their own. */
  testAccuracy: z.number().min(0).max(1),
});

/** What the model is and how it was trained: what must be known to use its weights. */
export type ModelCard = z.infer<typeof schema>;

/** The metadata of a safetensors file that holds the card. */
export const toMetadata = (card: ModelCard): Record<string, string> => ({ card: JSON.stringify(card) });

/**
 * Reads the card from the metadata of a safetensors file.
 *
 * @throws when there is none, or it isn't whole
 */
export function modelCard(metadata: Readonly<Record<string, string>>): ModelCard {
  if (metadata.card === undefined)
    throw new Error('The model has no card in its metadata; write it by pack-model.ts.');
  return schema.parse(JSON.parse(metadata.card));
}
