import type { PresetName } from '../config/presets.js';
import type { ScheduleSetting } from './scheduled.js';
import type { SettingValue } from './setting.js';
import type { settings } from './settings.js';

type Settings = typeof settings;

/** A training, every setting spelled out, in groups; what `config.json` of a run folder holds. */
export type TrainingConfig = {
  readonly [Group in keyof Settings]: {
    readonly [Name in keyof Settings[Group]]: SettingValue<Settings[Group][Name]>;
  };
};

type Asked<Value> = Value extends ScheduleSetting
  ? Pick<Value, 'from' | 'to'> & Partial<ScheduleSetting>
  : Value;

/** What a training is asked for: `data.path` at least, anything else by choice, perhaps on top of a preset. */
export type TrainingRequest = {
  readonly [Group in keyof TrainingConfig]?:
    | { readonly [Name in keyof TrainingConfig[Group]]?: Asked<TrainingConfig[Group][Name]> | undefined }
    | undefined;
} & { readonly preset?: PresetName | undefined };
