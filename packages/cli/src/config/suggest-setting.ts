import { nearestName } from '../command-line/nearest-name.js';
import { settings, settingsByPath } from '../settings/settings.js';

const nameIn = (path: string) => path.split('.').at(-1) as string;

/**
 * The path of the setting that an unknown one most likely meant: one of that name in another group, one of that flag, or
 * the nearest by spelling, of the same group first; or a group. Undefined when none is near.
 */
export function suggestSetting(typed: string): string | undefined {
  const name = nameIn(typed);
  const group = typed.slice(0, -name.length);
  const known = [...settingsByPath].map(([path, { flag, aliases = [] }]) => ({
    path,
    words: [nameIn(path), flag, ...aliases],
  }));
  const nearestOf = (some: typeof known) => {
    const nearest = nearestName(
      name,
      some.flatMap(({ words }) => words),
    );
    return some.find(({ words }) => nearest !== undefined && words.includes(nearest))?.path;
  };
  return (
    known.find(({ words }) => words.includes(name))?.path ??
    (group === '' ? nearestName(name, Object.keys(settings)) : undefined) ??
    nearestOf(known.filter(({ path }) => group !== '' && path.startsWith(group))) ??
    nearestOf(known)
  );
}
