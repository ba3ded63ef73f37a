import { renderReport } from '@whereabouts/report';
import { writeFileAtomically } from '@whereabouts/weights/files';
import { collectReport } from './collect-report.js';
import { runNames } from './run-names.js';

/**
 * Writes the report of a run, or of several side by side, as one page.
 *
 * @param options.pictures whether the trained models are shown their validation pictures
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
