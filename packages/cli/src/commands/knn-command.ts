import type { Command } from '../command-line/command.js';
import { flagValue } from '../settings/flag-value.js';
import { count, positive } from '../settings/setting-kinds.js';
import { featuresToJudge, judgingFlags, printJudgement } from './judging-flags.js';
import { runWord } from './trained-run.js';

const neighboursFlag = count({
  flag: 'neighbours',
  default: 20,
  unit: 'pictures',
  description: 'how many of the most similar training pictures vote',
});

const temperatureFlag = positive({
  flag: 'temperature',
  default: 0.07,
  description: 'a vote counts exp(similarity / temperature): the smaller, the more the nearest count',
});

/** `whereabouts knn RUN` */
export const knnCommand: Command = {
  words: runWord,
  flags: { Flags: [neighboursFlag, temperatureFlag, ...judgingFlags] },
  run: async ({ values, words }) => {
    const neighbours = flagValue(neighboursFlag, values);
    const temperature = flagValue(temperatureFlag, values);
    const features = await featuresToJudge(String(words[0]), values);
    const { weightedKnn } = await import('@whereabouts/trainer');
    const { accuracy } = weightedKnn({ ...features, neighbours, temperature });
    printJudgement(values, features, { accuracy, neighbours, temperature });
  },
};
