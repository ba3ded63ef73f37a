import { existsSync, rmSync, statfsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { runProcess } from '../run-process.js';
import { megabytes, secondsSince } from './amounts.js';
import { beginEntry, commitEntry } from './cache.js';
import { compileAddon, findCompiler } from './compile-addon.js';
import { addonPath, type Engine } from './engine.js';
import { fetchWheel, type WheelSource } from './fetch-wheel.js';
import { writeManifest } from './manifest.js';
import { unzipWheel } from './unzip-wheel.js';
import { libraries } from './wheel.js';

/** How an engine is built. */
export interface Build {
  readonly sources: readonly WheelSource[];
  /** Whether to take the place of a whole engine in the cache too. */
  readonly replace: boolean;
  readonly log: (line: string) => void;
  /** Tries a compiled addon; returns why it does not load. */
  readonly loadFailure: (addon: string) => Promise<string | undefined>;
}

/**
 * Builds an engine into the cache: compiler, wheel, libraries, addon, in a folder beside its place that is moved there
 * when everything is done and the addon loads.
 *
 * @returns where the wheel came from, or why this machine cannot build it
 * @throws when a step fails that this machine could do
 */
export async function buildEngine(
  engine: Engine,
  build: Build,
): Promise<{ readonly source: WheelSource } | { readonly reason: string }> {
  const { wheel, addon, napi, directory } = engine;
  const { log } = build;
  const compiler = await findCompiler();
  if ('reason' in compiler) return compiler;
  const tooFull = lackOfSpace(directory, wheel.size + wheel.unpackedSize);
  if (tooFull !== undefined) return { reason: tooFull };

  const folder = beginEntry(directory);
  try {
    const downloads = join(folder, 'download');
    const includeFolder = join(folder, 'include');
    const libraryFolder = join(folder, 'deps', 'lib');
    const fetched = await fetchWheel(wheel, downloads, build.sources, log);
    if ('reason' in fetched) return fetched;

    const unpacking = performance.now();
    await unzipWheel(fetched.file, libraryFolder, includeFolder);
    rmSync(downloads, { recursive: true });
    log(`unpacked TensorFlow's libraries, ${megabytes(wheel.unpackedSize)} (${secondsSince(unpacking)})`);

    const compiling = performance.now();
    const output = addonPath(folder, napi);
    await compileAddon({ compiler, source: addon.directory, includeFolder, libraryFolder, napi, output });
    rmSync(includeFolder, { recursive: true });
    log(`compiled the addon with ${compiler.version} (${secondsSince(compiling)})`);

    const failure = await build.loadFailure(output);
    if (failure !== undefined) throw new Error(`The native engine was built and does not load: ${failure}`);
    const facts = { tensorflow: wheel.version, wheel: wheel.sha256, addon: addon.version };
    const files = [...libraries.map((library) => join('deps', 'lib', library)), relative(folder, output)];
    await writeManifest(
      folder,
      { ...facts, compiler: compiler.version, built: new Date().toISOString() },
      files,
    );
    commitEntry(folder, directory, build.replace);
    log(`kept in the cache: ${directory}`);
    return { source: fetched.source };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Loads an addon in a process of its own; returns why it does not load. */
export async function loadFailure(addon: string): Promise<string | undefined> {
  const { ok, ending, stderr } = await runProcess(
    process.execPath,
    ['-e', 'require(process.argv[1])', addon],
    {
      env: { ...process.env, NODE_OPTIONS: '', TF_CPP_MIN_LOG_LEVEL: '3' },
    },
  );
  const message = stderr.split('\n').find((line) => line.startsWith('Error: '));
  return ok ? undefined : (message ?? ending);
}

function lackOfSpace(directory: string, bytes: number): string | undefined {
  let place = directory;
  while (!existsSync(place)) place = dirname(place);
  const { bavail, bsize } = statfsSync(place);
  const free = bavail * bsize;
  if (free >= bytes) return undefined;
  return `it needs ${megabytes(bytes)} on the disk of ${place}, and ${megabytes(free)} are free; WHEREABOUTS_CACHE may name another place`;
}
