import type { Flag } from './flag.js';
import type { TrainingConfig } from './training-config.js';

type FlagsOf<Config> = { readonly [Field in keyof Config]: Flag<Config[Field]> };

const count = 'a whole number from 1 up';
const positive = 'a number above 0';
const notNegative = 'a number from 0 up';
const share = 'a share from 0 up to but not including 1';

/** Every field of a training's configuration and the flag that sets it, in the order of the help. */
export const trainingFlags: FlagsOf<TrainingConfig> = {
  data: {
    flag: 'data',
    aliases: ['data-dir'],
    type: 'text',
    expected: 'a folder or fashion-mnist',
    description:
      'a folder with one folder of pictures per class, split into train, validation and test or not; or fashion-mnist. Must be given',
  },
  perClass: {
    flag: 'per-class',
    type: 'number',
    default: 'all',
    expected: 'all, or a whole number from 1 up',
    unit: 'pictures',
    description: 'how many training pictures of each class are used',
  },
  evaluationPerClass: {
    flag: 'eval-per-class',
    type: 'number',
    default: 'all',
    expected: 'all, or a whole number from 1 up',
    unit: 'pictures',
    description: 'how many validation and test pictures of each class are evaluated',
  },
  imageSize: {
    flag: 'img-size',
    type: 'number',
    default: 64,
    expected: count,
    unit: 'pixels',
    description: 'height and width of the pictures as the model sees them',
  },
  horizontalFlip: {
    flag: 'hflip',
    type: 'number',
    default: 0.5,
    expected: 'a number from 0 to 1',
    unit: 'probability',
    description: 'how often a training picture is mirrored',
  },
  scale: {
    flag: 'scale',
    type: 'numbers',
    default: [0.5, 1],
    expected: 'two shares above 0 and up to 1, the smaller first, such as 0.5,1',
    unit: 'share of the area',
    description: 'least and most of a training picture that a random crop keeps',
  },
  model: {
    flag: 'model',
    type: 'text',
    default: 'vit-tiny',
    expected: 'vit-tiny, vit-small, vit-base, vit-large or vit',
    description: 'vit-tiny, vit-small, vit-base, vit-large; or vit with --channels, --depth and --heads',
  },
  channels: {
    flag: 'channels',
    type: 'number',
    expected: 'a whole number from 1 up that --heads divides',
    otherwise: "the model's",
    description: 'width of a token',
  },
  depth: {
    flag: 'depth',
    type: 'number',
    expected: count,
    otherwise: "the model's",
    description: 'how many transformer blocks',
  },
  heads: {
    flag: 'heads',
    type: 'number',
    expected: count,
    otherwise: "the model's",
    description: 'attention heads per block',
  },
  patchSize: {
    flag: 'patch-size',
    type: 'number',
    default: 8,
    expected: count,
    unit: 'pixels',
    description: 'side of a patch; it must divide --img-size',
  },
  pooling: {
    flag: 'pooling',
    type: 'text',
    default: 'class-token',
    expected: 'class-token or average',
    description: 'what the classifier reads: class-token, or the average of all tokens',
  },
  positionEncoding: {
    flag: 'position-encoding',
    type: 'text',
    default: 'learned',
    expected: 'learned, sine-cosine or none',
    description:
      'how tokens are told their position: learned, sine-cosine or none; when told, the absolute label is easy',
  },
  dropPath: {
    flag: 'drop-path',
    type: 'number',
    default: 0,
    expected: share,
    unit: 'share',
    description: 'how often the last block is skipped while training; less in the blocks before it',
  },
  absolute: {
    flag: 'absolute',
    type: 'number',
    default: 0.5,
    expected: notNegative,
    unit: 'weight',
    description: 'how much the absolute position label counts in the loss; 0 = off',
  },
  relative: {
    flag: 'relative',
    type: 'number',
    default: 0,
    expected: notNegative,
    unit: 'weight',
    description:
      'how much the relative position label counts in the loss; 0 = off. The paper uses 0.5, and one label at a time',
  },
  pairs: {
    flag: 'pairs',
    type: 'number',
    default: 'all',
    expected: 'all, or a whole number from 1 up',
    unit: 'pairs per picture',
    description: 'which pairs of tokens the relative label takes while training: all, or so many at random',
  },
  smoothing: {
    flag: 'smoothing',
    type: 'number',
    default: 0.1,
    expected: share,
    unit: 'share',
    description: 'label smoothing of the classes while training',
  },
  batchSize: {
    flag: 'batch-size',
    type: 'number',
    default: 64,
    expected: count,
    unit: 'pictures',
    description:
      'pictures per training step; those that fill no whole batch are left out of an epoch, each time others',
  },
  evaluationBatchSize: {
    flag: 'eval-batch-size',
    aliases: ['validation-batch-size'],
    type: 'number',
    expected: count,
    otherwise: '--batch-size',
    unit: 'pictures',
    description: 'pictures per step of an evaluation',
  },
  epochs: {
    flag: 'epochs',
    type: 'number',
    default: 30,
    expected: count,
    unit: 'epochs',
    description: 'how often all training pictures are seen',
  },
  evaluateEvery: {
    flag: 'val-interval',
    type: 'number',
    default: 1,
    expected: count,
    unit: 'epochs',
    description: 'how often the validation pictures are evaluated; they always are after the last epoch',
  },
  learningRate: {
    flag: 'lr',
    type: 'number',
    default: 5e-4,
    expected: positive,
    unit: 'per step',
    description: 'highest learning rate, taken as given: it is not scaled by the batch size',
  },
  minimumLearningRate: {
    flag: 'min-lr',
    type: 'number',
    default: 5e-6,
    expected: 'a number from 0 up to --lr',
    unit: 'per step',
    description: 'learning rate at the end of the cosine',
  },
  warmupEpochs: {
    flag: 'warmup-epochs',
    type: 'number',
    expected: 'a number from 0 up to but not including --epochs',
    otherwise: 'a tenth of --epochs',
    unit: 'epochs',
    description: 'how long the learning rate rises, in a straight line from 0; may be a fraction',
  },
  weightDecay: {
    flag: 'weight-decay',
    type: 'number',
    default: 0.05,
    expected: notNegative,
    unit: 'per step, times the learning rate',
    description: 'decay of AdamW; biases, norms, encodings and the class token are left alone',
  },
  clipNorm: {
    flag: 'clip-grad',
    type: 'number',
    default: 5,
    expected: notNegative,
    unit: 'global norm',
    description: 'the largest norm of the gradients; 0 = they are not clipped',
  },
  seed: {
    flag: 'seed',
    type: 'number',
    default: 0,
    expected: 'a whole number from 0 up',
    description: 'of the first weights, the order of pictures, crops, dropping and sampled pairs',
  },
  backend: {
    flag: 'backend',
    type: 'text',
    default: 'auto',
    expected: 'auto, native, wasm or cpu',
    description: 'what computes: auto (the fastest that is there), native, wasm or cpu',
  },
  threads: {
    flag: 'threads',
    type: 'number',
    default: 'auto',
    expected: 'auto, or a whole number from 1 up',
    unit: 'threads',
    description: 'of the native engine',
  },
  executor: {
    flag: 'executor',
    type: 'text',
    default: 'auto',
    expected: 'auto, compiled or eager',
    description:
      'how steps run: compiled (a graph, on the native backend), eager (op by op), auto (compiled where it can be)',
  },
  precision: {
    flag: 'precision',
    type: 'text',
    default: 'float32',
    expected: 'float32 or bf16',
    description: 'of matrix products in compiled steps; bf16 is faster and coarser, the rest stays float32',
  },
  checkpointEvery: {
    flag: 'checkpoint-every',
    type: 'number',
    default: 0,
    expected: 'a whole number from 0 up',
    unit: 'steps',
    description:
      'how often a checkpoint is written within an epoch; one always is at its end. 0 = only there',
  },
  logInterval: {
    flag: 'log-interval',
    type: 'number',
    default: 50,
    expected: count,
    unit: 'steps',
    description: 'how often a line is printed where there is no terminal; metrics.jsonl has every step',
  },
};

/** The fields that say how a training runs and not what it computes: a resumed training may be given others. */
export const changeableFields = ['backend', 'threads', 'executor', 'checkpointEvery', 'logInterval'] as const;
