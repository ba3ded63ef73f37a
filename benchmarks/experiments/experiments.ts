import type { Experiment } from './experiment.js';
import { lossWeight } from './loss-weight.js';
import { lowDataSwin } from './low-data-swin.js';
import { lowDataCifar, lowDataClothing } from './low-data-vit.js';
import { maskedFirstLook, maskedPretraining } from './masked-pretraining.js';

/** All of them, in the order of the page. */
export const experiments: readonly Experiment[] = [
  lowDataClothing,
  lowDataCifar,
  lowDataSwin,
  lossWeight,
  maskedPretraining,
  maskedFirstLook,
];
