import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '@whereabouts/weights/files';
import { z } from 'zod';

const schema = z.object({
  name: z.string(),
  backend: z.string(),
  /** While training; absent where an earlier demo was stopped between its last step and its result. */
  imagesPerSecond: z.number().optional(),
  metrics: z.record(z.string(), z.number()),
  chance: z.record(z.string(), z.number()),
});

/** What one training of the demo reached on the test pictures, and how fast it ran. */
export type DemoResult = z.infer<typeof schema>;

const pathIn = (folder: string) => join(folder, 'demo-result.json');

/** The result that an earlier demo left in a run folder; undefined if there is none, or none that can be read. */
export async function readResult(folder: string): Promise<DemoResult | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(pathIn(folder), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Leaves a result in a run folder, so that the next demo does nothing twice. */
export async function keepResult(folder: string, result: DemoResult): Promise<void> {
  await writeFileAtomically(pathIn(folder), `${JSON.stringify(result, undefined, 2)}\n`);
}
