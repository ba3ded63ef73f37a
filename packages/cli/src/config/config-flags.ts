import type { Flag } from '../command-line/flag.js';

/** A file of settings. */
export const configFlag: Flag<string> = {
  flag: 'config',
  type: 'text',
  expected: 'a file that ends in .yaml, .json or .ts',
  description: 'a file of settings (YAML, JSON or TypeScript); flags and --set count more',
};

/** A recipe to start from. */
export const presetFlag: Flag<string> = {
  flag: 'preset',
  type: 'text',
  expected: 'the name of a preset',
  description: 'a recipe to start from; everything else that is given counts more',
};

/** Any setting by its path. */
export const setFlag: Flag<readonly string[]> = {
  flag: 'set',
  type: 'list',
  expected: 'a setting and its value, such as schedule.learningRate=1e-3',
  description:
    'any setting by its path, such as --set schedule.learningRate=1e-3; may be given often, and counts most',
};
