import type { Command } from '../command-line/command.js';
import { flagValue } from '../settings/flag-value.js';
import { count, countFromZero, positive } from '../settings/setting-kinds.js';
import { featuresToJudge, judgingFlags, printJudgement } from './judging-flags.js';
import { runWord } from './trained-run.js';

const epochsFlag = count({
  flag: 'epochs',
  default: 90,
  unit: 'epochs',
  description: 'how often the linear classifier sees the features of all training pictures',
});

const batchSizeFlag = count({
  flag: 'batch-size',
  default: 256,
  unit: 'pictures',
  description: 'features per step',
});

const baseLearningRateFlag = positive({
  flag: 'lr-base',
  default: 0.1,
  unit: 'per step',
  description: 'highest learning rate of SGD for 256 pictures per step; it grows with --batch-size',
});

const seedFlag = countFromZero({
  flag: 'seed',
  default: 0,
  description: 'of the first weights and the order of pictures',
});

/** `whereabouts probe RUN` */
export const probeCommand: Command = {
  words: runWord,
  flags: { Flags: [epochsFlag, batchSizeFlag, baseLearningRateFlag, seedFlag, ...judgingFlags] },
  run: async ({ values, words }) => {
    const epochs = flagValue(epochsFlag, values);
    const batchSize = flagValue(batchSizeFlag, values);
    const base = flagValue(baseLearningRateFlag, values);
    const seed = flagValue(seedFlag, values);
    // What these flags say is about the probe and not about the run.
    const { epochs: _epochs, 'batch-size': _size, 'lr-base': _base, seed: _seed, ...ofRun } = values;
    const features = await featuresToJudge(String(words[0]), ofRun);
    const { linearProbe, warmupCosine } = await import('@whereabouts/trainer');
    const pictures = Math.min(batchSize, features.known.length);
    const steps = epochs * Math.floor(features.known.length / pictures);
    const { accuracy, loss } = await linearProbe({
      ...{ known: features.known, asked: features.asked, executor: features.executor },
      ...{ epochs, batchSize, seed },
      learningRate: warmupCosine({
        peak: (base * pictures) / 256,
        warmupSteps: Math.floor(steps / 10),
        steps,
      }),
    });
    printJudgement(values, features, { accuracy, loss, epochs });
  },
};
