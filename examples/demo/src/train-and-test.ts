import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { displayOn, readRunConfig, resolveConfig, runEvaluation, runPaths, runTraining } from 'whereabouts';
import { type DemoResult, keepResult, readResult } from './demo-result.js';
import { contenders, sizes } from './settings.js';

/** The run folder of a contender. */
export function runFolderOf(name: keyof typeof contenders, output: string): string {
  return join(output, name.replaceAll(/[^a-z]+/gi, '-').toLowerCase());
}

/**
 * Trains one of the contenders and tests it, or goes on where an earlier demo was stopped, or shows what it reached.
 *
 * @param output folder of the runs; each contender has a run folder in it
 * @param epochs instead of those of the settings
 */
export async function trainAndTest(
  name: keyof typeof contenders,
  engine: keyof typeof sizes,
  output: string,
  epochs: string | undefined,
): Promise<DemoResult> {
  const folder = runFolderOf(name, output);
  const earlier = await readResult(folder);
  if (earlier !== undefined) {
    console.log(`\nA ViT ${name}: trained by an earlier demo, in ${folder} (--fresh trains it again)`);
    return earlier;
  }

  console.log(`\nA ViT ${name}`);
  const { training, evaluation } = sizes[engine];
  const length = epochs === undefined ? training.epochs : Number(epochs);
  const resume = existsSync(runPaths(folder).config);
  const config = resume
    ? await readRunConfig(folder)
    : resolveConfig({
        ...sizes[engine],
        labels: contenders[name],
        training: { ...training, epochs: length },
        evaluation: { ...evaluation, every: length },
        run: { backend: engine },
      });
  const display = displayOn(process.stdout);
  try {
    const { imagesPerSecond } = await runTraining(config, {
      folder,
      resume,
      callbacks: [display.callback],
      onReady: display.begin,
    });
    const { metrics, chance, backend } = await runEvaluation(folder, { split: 'test' });
    const result = { name, backend: backend.backend, imagesPerSecond, metrics, chance };
    await keepResult(folder, result);
    return result;
  } finally {
    display.close();
  }
}
