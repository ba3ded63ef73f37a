import { isEverAbove0 } from '../settings/scheduled.js';
import type { TrainingConfig } from '../settings/training-config.js';

/** What was trained, in words: `A vit of 96 channels in 6 blocks, with absolute position labels beside the classes`. */
export function statedText({ model, labels, masking }: TrainingConfig): string {
  const learned = (['absolute', 'relative'] as const).filter((label) => isEverAbove0(labels[label]));
  const positions = learned.length === 0 ? '' : `, with ${learned.join(' and ')} position labels`;
  const masked =
    masking.keepRatio === 'none'
      ? ''
      : ` as a masked autoencoder that sees ${masking.keepRatio} of the patches`;
  return `A ${model.name} of ${model.channels} channels in ${model.depth} blocks${masked}${positions}`;
}
