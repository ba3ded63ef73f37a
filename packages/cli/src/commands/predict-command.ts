import type { Command } from '../command-line/command.js';
import { flagValue } from '../settings/flag-value.js';
import { choice, count } from '../settings/setting-kinds.js';
import { debugFlag, jsonFlag } from './run-flags.js';
import { eagerRunFlags, findTrainedRun, runWord } from './trained-run.js';

/** The exit code of a command that did its work but for pictures that it could not read. */
export const someUnreadable = 3;

/** What pictures a command takes. */
export const picturesWord = {
  'PICTURES...':
    'files, folders (every picture in them and below), and - for a list of both on standard input',
};

const topFlag = count({
  flag: 'top-k',
  default: 1,
  unit: 'classes',
  description: 'how many of the likeliest classes are told of each picture',
});

const formatFlag = choice(['lines', 'csv', 'json'], {
  flag: 'format',
  default: 'lines',
  description: 'lines for people; csv (file,rank,class,probability); or json, as --json',
});

/** `whereabouts predict RUN PICTURES...` */
export const predictCommand: Command = {
  words: { ...runWord, ...picturesWord },
  flags: { Flags: [topFlag, formatFlag, ...eagerRunFlags, jsonFlag, debugFlag] },
  run: async ({ values, words }) => {
    const [run, ...pictures] = words;
    const top = flagValue(topFlag, values);
    const asked = flagValue(formatFlag, values);
    const found = await findTrainedRun(String(run), values);
    const { listGivenPictures } = await import('../predict/list-pictures.js');
    const files = await listGivenPictures(pictures, process.stdin);
    const { openTrainedModel } = await import('../run/open-trained-model.js');
    const { predictPictures } = await import('../predict/predict-pictures.js');
    const { predictionFormats } = await import('../predict/prediction-formats.js');
    const { tellUnreadable } = await import('../predict/tell-unreadable.js');
    const model = await openTrainedModel(found, found.engine);
    try {
      const print = (line: string) => console.log(line);
      const format = predictionFormats[values[jsonFlag.flag] === true ? 'json' : asked](model, print);
      const unreadable = tellUnreadable(files.length);
      for await (const { predictions, unreadable: some } of predictPictures(model, files, { top })) {
        format.add(predictions);
        unreadable.add(some);
      }
      format.end(unreadable.all());
      if (unreadable.end() > 0) process.exitCode = someUnreadable;
    } finally {
      model.dispose();
    }
  },
};
