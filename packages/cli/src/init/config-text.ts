import type { Setting } from '../settings/setting.js';
import { settings, settingsByPath } from '../settings/settings.js';
import type { TrainingRequest } from '../settings/training-config.js';
import type { ConfigLanguage } from './config-languages.js';

type Values = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/**
 * A config file with every setting and what it is: those that were chosen are given, all others stand as comments with
 * their defaults.
 *
 * @param remarks lines for the top
 */
export function configText(
  language: ConfigLanguage,
  chosen: Omit<TrainingRequest, 'preset'>,
  remarks: readonly string[],
): string {
  const { begin, group, endOfGroup, end, indentation } = language;
  const comment = (text: string) => `${language.comment} ${text}`.trimEnd();
  const settingLines = ([name, setting]: [string, Setting], value: unknown) => [
    comment(explanation(setting)),
    value === undefined ? comment(language.setting(name, setting.default)) : language.setting(name, value),
  ];
  const groups = Object.entries(settings).map(([name, members]) => [
    group(name),
    ...Object.entries(members)
      .flatMap((member) => settingLines(member, (chosen as Values)[name]?.[member[0]]))
      .map((line) => `${indentation}${line}`),
    ...endOfGroup,
  ]);
  return [
    ...remarks.map(comment),
    '',
    ...begin,
    ...groups.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines])),
    ...end,
    '',
  ].join('\n');
}

function explanation({ description, unit, otherwise }: Setting): string {
  const notes = [unit, otherwise === undefined ? undefined : `by default ${otherwise}`].filter(Boolean);
  return withPaths(notes.length === 0 ? description : `${description} (${notes.join('; ')})`);
}

/** Names settings as config files do, by path, instead of by flag. */
function withPaths(text: string): string {
  const paths = new Map([...settingsByPath].map(([path, { flag }]) => [flag, path]));
  return text.replaceAll(/--([a-z][a-z-]*)/g, (typed, flag) => paths.get(flag) ?? typed);
}
