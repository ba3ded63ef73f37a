import type { Command } from '../command-line/command.js';
import type { Flag } from '../command-line/flag.js';
import { usageError } from '../command-line/usage-error.js';
import { gatherSettings } from '../config/gather-settings.js';
import type { Given } from '../config/given.js';
import { mergeGiven } from '../config/merge-given.js';
import { flagValue } from '../settings/flag-value.js';
import { namedModels } from '../settings/model-families.js';
import { modelSettings } from '../settings/model-settings.js';
import { share } from '../settings/setting-kinds.js';
import { settingsByPath } from '../settings/settings.js';
import { followTraining, runFolderFlags } from './follow-training.js';
import { planRun } from './plan-run.js';
import { resumeFlag } from './run-flags.js';
import { configFlags, settingFlags } from './setting-flags.js';

/** What pretraining has by default and training doesn't, by the model that is asked for. */
function defaultsFor(sources: readonly (readonly Given[])[]): readonly Given[] {
  const asked = String(mergeGiven(sources).get('model.name')?.value ?? modelSettings.name.default);
  const model = Object.entries(namedModels).find(([name]) => name === asked)?.[1];
  return Object.entries(model?.pretraining ?? {}).map(([path, value]) => ({
    path,
    value,
    name: `--${settingsByPath.get(path)?.flag}`,
  }));
}

const shownDefaults: Readonly<Record<string, string>> = {
  'keep-ratio': '0.25, of a Swin 0.4',
  'position-encoding': 'sine-cosine, of a Swin none',
};

/** Flags about classes, which pretraining doesn't use. */
const aboutClasses = [
  ...['smoothing', 'mixup', 'cutmix', 'mixup-prob', 'mixup-switch-prob', 'mixup-off-epoch'],
];

const maskRatioFlag = share({
  flag: 'mask-ratio',
  otherwise: '1 - --keep-ratio',
  unit: 'share of the patches',
  description: "how many patches are taken away, as MAE's code counts; give this or --keep-ratio",
});

const { distillation: _classes, ...taken } = settingFlags;
const ownSettings = Object.fromEntries(
  Object.entries(taken).map(([group, flags]) => [
    group,
    flags.filter(({ flag }) => !aboutClasses.includes(flag)).map(withOwnDefault),
  ]),
);

/** `whereabouts pretrain` */
export const pretrainCommand: Command = {
  words: {},
  flags: {
    'This command': [...runFolderFlags, maskRatioFlag],
    'Settings from': configFlags,
    ...ownSettings,
  },
  run: async ({ values }) => {
    const given = [...(await gatherSettings(values)), maskRatio(values)];
    const resumes = values[resumeFlag.flag] !== undefined;
    const plan = await planRun(values, resumes ? given : [defaultsFor(given), ...given]);
    if (plan.config.masking.keepRatio === 'none')
      throw usageError(
        resumes
          ? `${plan.folder} is no pretraining; go on with it by whereabouts train --resume.`
          : 'Pretraining masks pictures, but --keep-ratio is none; give a share of the patches, such as 0.25, or use train.',
      );
    await followTraining(values, plan);
  },
};

function withOwnDefault(flag: Flag): Flag {
  const otherwise = shownDefaults[flag.flag];
  if (otherwise === undefined) return flag;
  const { default: _of, ...rest } = flag;
  return { ...rest, otherwise };
}

function maskRatio(values: Readonly<Record<string, unknown>>): readonly Given[] {
  if (values[maskRatioFlag.flag] === undefined) return [];
  if (values['keep-ratio'] !== undefined)
    throw usageError('--mask-ratio is 1 - --keep-ratio; give one of them.');
  return [
    { path: 'masking.keepRatio', value: 1 - flagValue(maskRatioFlag, values), name: '1 - --mask-ratio' },
  ];
}
