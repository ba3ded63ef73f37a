import { arithmetic } from './arithmetic.js';
import { blocks } from './blocks.js';
import { repetitions } from './broadcast.js';
import { casts } from './cast.js';
import { comparisons } from './comparisons.js';
import { complexNumbers } from './complex.js';
import { convolutions } from './convolutions.js';
import { diagonals } from './diagonal.js';
import { functions } from './functions.js';
import { joins } from './joins.js';
import type { Kernels } from './kernel.js';
import { morphology } from './morphology.js';
import { normalisation } from './normalisation.js';
import { padding } from './padding.js';
import { pooling } from './pooling.js';
import { products } from './products.js';
import { reductions } from './reductions.js';
import { reshapes } from './reshape.js';
import { resizing } from './resizing.js';
import { reversals } from './reversals.js';
import { scans } from './scans.js';
import { scattering } from './scattering.js';
import { selections } from './selections.js';
import { slices } from './slices.js';
import { sources } from './sources.js';
import { transpositions } from './transpose.js';

/** Every TensorFlow.js kernel that can be compiled. */
export const kernels: Kernels = {
  ...arithmetic,
  ...blocks,
  ...casts,
  ...comparisons,
  ...complexNumbers,
  ...convolutions,
  ...diagonals,
  ...functions,
  ...joins,
  ...morphology,
  ...normalisation,
  ...padding,
  ...pooling,
  ...products,
  ...reductions,
  ...repetitions,
  ...reshapes,
  ...resizing,
  ...reversals,
  ...scans,
  ...scattering,
  ...selections,
  ...slices,
  ...sources,
  ...transpositions,
};
