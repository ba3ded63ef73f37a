import type { Normalisation } from '@whereabouts/data';
import { describeMachine, type MachineDescription, type OpenBackend } from '@whereabouts/runtime';
import { z } from 'zod';
import type { BackboneFile } from '../backbone/backbone-file.js';
import { readJson, writeJson } from './json-file.js';

/** What the data of a run held. */
export interface DataDescription {
  /** By class number. */
  readonly classes: readonly string[];
  /** Pictures per split. */
  readonly pictures: Readonly<Record<string, number>>;
  /** What the pictures are normalised with. */
  readonly normalisation: Normalisation;
}

/** One start of a run, or one resume. */
export interface Session {
  readonly startedAt: string;
  /** Steps that were done before. */
  readonly step: number;
  readonly backend: OpenBackend;
  readonly machine: MachineDescription;
}

const colours = z.tuple([z.number(), z.number(), z.number()]);

const storedSchema = z.object({
  data: z.object({
    classes: z.array(z.string()),
    pictures: z.record(z.string(), z.number()),
    normalisation: z.object({ mean: colours, deviation: colours }),
  }),
  backbone: z.object({ file: z.string(), sha256: z.string() }).optional(),
  sessions: z.array(z.looseObject({})),
});

/**
 * Refuses to go on with other data than a run began with.
 *
 * @param path of `environment.json`; a run that has none yet takes any data
 */
export async function requireSameData(path: string, data: DataDescription): Promise<void> {
  const stored = await readEnvironment(path);
  if (stored === undefined || JSON.stringify(stored.data) === JSON.stringify(data)) return;
  throw new Error(
    `The data has changed since the run began: it was ${describeData(stored.data)}, and is now ${describeData(data)}. Bring back the old data, or start a new run. Nothing was changed.`,
  );
}

/**
 * Adds a session to `environment.json`, atomically; earlier ones stay.
 *
 * @param backbone the module that makes it; undefined for a built-in one
 */
export async function recordSession(
  path: string,
  data: DataDescription,
  session: { readonly step: number; readonly backend: OpenBackend },
  backbone?: BackboneFile,
): Promise<void> {
  const earlier = (await readEnvironment(path))?.sessions ?? [];
  const here: Session = { startedAt: new Date().toISOString(), ...session, machine: describeMachine() };
  await writeJson(path, {
    data,
    ...(backbone === undefined ? {} : { backbone }),
    sessions: [...earlier, here],
  });
}

/** What `environment.json` says; undefined where there is none. */
export async function readEnvironment(path: string) {
  const stored = await readJson(path);
  if (stored === undefined) return undefined;
  const parsed = storedSchema.safeParse(stored);
  if (!parsed.success) throw new Error(`${path} is no environment of a run. Nothing was changed.`);
  return parsed.data;
}

/** Such as `3068 train, 341 validation and 372 test pictures of 10 classes`. */
export function describeData({ classes, pictures }: Pick<DataDescription, 'classes' | 'pictures'>): string {
  const parts = Object.entries(pictures).map(([split, count]) => `${count} ${split}`);
  const list = parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
  return classes.length === 0
    ? `${list} pictures without labels`
    : `${list} pictures of ${classes.length} classes (${listed(classes)})`;
}

function listed(classes: readonly string[]): string {
  return classes.length <= 12 ? classes.join(', ') : `${classes.slice(0, 10).join(', ')}, ...`;
}
