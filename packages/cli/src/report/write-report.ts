import { renderReport } from '@whereabouts/report';
import { writeFileAtomically } from '@whereabouts/weights/files';
import { collectReport } from './collect-report.js';
import { runNames } from './run-names.js';

/**
 * Writes the report of a run, or of several side by side, as one page, as the command `whereabouts report` does.
 *
 * @param folders of the runs
 * @param options.file that is written, whole or not at all
 * @param options.pictures whether the trained models are shown their validation pictures
 * @throws when a folder is no run, or the file can't be written; models or pictures that are gone are left out instead
 * @example
 * ```ts
 * import { writeReport } from 'whereabouts';
 *
 * const failure = await writeReport(['no-such-run'], { file: 'report.html', pictures: false }).catch(
 *   (error: Error) => error.message,
 * );
 * failure; // => "no-such-run is no run folder: it has no config.json."
 * ```
 */
export async function writeReport(
  folders: readonly string[],
  options: { readonly file: string; readonly pictures: boolean },
): Promise<void> {
  const names = runNames(folders);
  const runs = [];
  // One after the other, since each may hold a model.
  for (const [run, folder] of folders.entries())
    runs.push(await collectReport(folder, names[run] ?? folder, options));
  await writeFileAtomically(options.file, renderReport(runs));
}
