import type { Flag } from '../command-line/flag.js';
import { configFlag, presetFlag, setFlag } from '../config/config-flags.js';
import { settings } from '../settings/settings.js';

/** Flags that say where settings come from. */
export const configFlags: readonly Flag[] = [configFlag, presetFlag, setFlag];

/** The flags of every setting of a training, by group. */
export const settingFlags: Readonly<Record<string, readonly Flag[]>> = Object.fromEntries(
  Object.entries(settings).map(([group, members]) => [group, Object.values(members)]),
);
