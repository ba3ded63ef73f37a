import type { Flag } from '../command-line/flag.js';

/** Where the runs are. */
export const outputFlag: Flag<string> = {
  flag: 'output',
  type: 'text',
  default: 'runs',
  expected: 'a folder',
  description: 'folder of the run folders',
};

/** What to call a run. */
export const experimentFlag: Flag<string> = {
  flag: 'experiment',
  type: 'text',
  expected: 'a name',
  otherwise: 'date, time, model and --img-size',
  description: 'name of the run folder',
};

/** Which run to go on with. */
export const resumeFlag: Flag<string> = {
  flag: 'resume',
  type: 'text',
  expected: 'a run folder, or the name of one in --output',
  description: 'goes on with a run from its last checkpoint, with its own settings',
};

/** What to tell about an error. */
export const debugFlag: Flag<boolean> = {
  flag: 'debug',
  type: 'switch',
  expected: 'nothing',
  description: 'shows where in the program an error happened',
};

/** What to print. */
export const jsonFlag: Flag<boolean> = {
  flag: 'json',
  type: 'switch',
  expected: 'nothing',
  description: 'prints JSON instead of lines',
};

/** Whether a page is written at the end. */
export const reportFlag: Flag<boolean> = {
  flag: 'report',
  type: 'switch',
  default: true,
  expected: 'true or false',
  description: 'writes report.html into the run folder once the run has ended: curves, confusion, places',
};

/** Whether events are written. */
export const tensorBoardFlag: Flag<boolean> = {
  flag: 'tensorboard',
  type: 'switch',
  default: false,
  expected: 'true or false',
  description:
    'writes events for TensorBoard into the folder tensorboard of the run: numbers, weights, pictures',
};
