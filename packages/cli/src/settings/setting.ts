import type { z } from 'zod';
import type { Flag } from '../command-line/flag.js';

/** One setting of a training, as data: config files, flags, `--set`, the help and the README's tables all come from it. */
export interface Setting<Value = unknown> extends Flag<Value> {
  /** What values there are. */
  readonly schema: z.ZodType<Value>;
  /** The words that it takes, where it takes words. */
  readonly choices?: readonly string[];
  /** Other settings, by path, that are void where this one is given later. */
  readonly replaces?: readonly string[];
  /** What a value that names a file means from every folder, given the folder that it was meant from. */
  readonly absolute?: (value: string, folder: string) => string;
  /** Whether a resumed training may be given another value: true of what says how it runs and not what it computes. */
  readonly changeable?: boolean;
}

/** Settings that belong together, by name. */
export type SettingGroup = Readonly<Record<string, Setting>>;

/** What a setting holds. */
export type SettingValue<Some> = Some extends Setting<infer Value> ? Value : never;
