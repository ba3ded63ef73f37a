import type { PlannedRun } from './plan-run.js';
import {
  debugFlag,
  experimentFlag,
  jsonFlag,
  outputFlag,
  reportFlag,
  resumeFlag,
  tensorBoardFlag,
} from './run-flags.js';

/** The flags of every command that trains into a run folder. */
export const runFolderFlags = [
  outputFlag,
  experimentFlag,
  resumeFlag,
  reportFlag,
  tensorBoardFlag,
  jsonFlag,
  debugFlag,
];

/** Trains a planned run to its end or to Ctrl-C, and shows it; sets the exit code. */
export async function followTraining(
  values: Readonly<Record<string, unknown>>,
  { folder, config, resume }: PlannedRun,
  options: { readonly needsClasses?: boolean } = {},
): Promise<void> {
  const { runTraining } = await import('../run/run-training.js');
  const { stopSignals } = await import('@whereabouts/trainer');
  const { displayOn } = await import('../display/display-on.js');
  const display = displayOn(process.stdout, { json: values[jsonFlag.flag] === true });
  const controller = new AbortController();
  const events = values[tensorBoardFlag.flag] === true ? await eventsIn(folder) : undefined;
  let stop: ReturnType<typeof stopSignals> | undefined;
  const askToStop = () => {
    controller.abort();
    display.note('Stopping after this step; press Ctrl-C again to stop at once.');
  };
  try {
    const result = await runTraining(config, {
      ...options,
      folder,
      resume,
      signal: controller.signal,
      callbacks: [display.callback, ...(events ? [events.callback] : [])],
      onUnreadable: (problem) => display.note(`${problem} Another picture takes its place.`),
      onReady: (facts) => {
        stop = stopSignals(askToStop); // before, there is nothing to save
        display.begin(facts);
        if (resume)
          display.note(
            facts.step === 0 ? fromTheStart : `Goes on after step ${facts.step} of ${facts.steps}.`,
          );
      },
    });
    await events?.pictures(result.step, result.reconstructions ?? []);
    const isReported = result.finished && values[reportFlag.flag] !== false;
    const report = isReported ? await reportOf(folder, display.note) : undefined;
    display.end({ ...result, ...(report !== undefined && { report }) });
    process.exitCode = result.finished ? 0 : (stop?.exitCode() ?? 0);
  } finally {
    display.close();
    events?.close();
    stop?.dispose();
  }
}

const fromTheStart = 'It stopped before its first checkpoint, so it starts again at step 0.';

/** Writes the page of a run that has ended; a page that fails to be written takes nothing from the run. */
async function reportOf(folder: string, note: (text: string) => void): Promise<string | undefined> {
  const { writeReport } = await import('../report/write-report.js');
  const { runPaths } = await import('../run/run-paths.js');
  const file = runPaths(folder).report;
  try {
    await writeReport([folder], { file, pictures: true });
    return file;
  } catch (error) {
    note(`The report could not be written: ${(error as Error).message}`);
    return undefined;
  }
}

async function eventsIn(folder: string) {
  const { tensorBoardEvents } = await import('../run/tensorboard-events.js');
  const { runPaths } = await import('../run/run-paths.js');
  return tensorBoardEvents(runPaths(folder).tensorBoard);
}
