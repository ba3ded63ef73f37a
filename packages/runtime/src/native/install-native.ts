import { planOf } from '../plan.js';
import { probe } from '../probe.js';
import { secondsSince } from './amounts.js';
import { buildEngine, loadFailure } from './build-engine.js';
import { discardEntry, lookUpThoroughly } from './cache.js';
import { addonPackages, type Engine, engineForThisMachine, napiVersion } from './engine.js';
import type { WheelSource } from './fetch-wheel.js';
import { isLinked, linkEngine, refuseForeignLibrary } from './link-engine.js';

/** Where the native engine came from, or why this machine cannot have it. */
export type NativeInstallation =
  | {
      readonly available: true;
      readonly source: EngineSource;
      readonly tensorflowVersion: string;
      /** `CPU` or `GPU`. */
      readonly device: string;
      readonly seconds: number;
    }
  | { readonly available: false; readonly reason: string };

type EngineSource = 'installed' | 'cache' | WheelSource;
type Log = (line: string) => void;

/**
 * Puts the native engine in place: takes what is installed already, or else the engine in the cache, or else builds
 * one into the cache from TensorFlow's official wheel, which pip or else HTTPS downloads. Ends by computing with it.
 *
 * Each step says in one line what it did. Nothing but one link is written into `node_modules`.
 *
 * @param options.ifPossible on a machine that cannot have it (its platform, no compiler, a full disk, no package index in
 *   reach), return why instead of throwing; what could be had and fails throws all the same
 * @param options.force build it anew, whatever is installed or in the cache
 * @param options.sources ways to download the wheel, in the order to try; `['pip', 'index']` unless given
 * @param options.log called with one line per step; silent unless given
 * @throws when it cannot be had, or a step failed
 * @example
 * ```ts
 * import { installNative } from '@whereabouts/runtime';
 *
 * async function prepare() {
 *   const engine = await installNative({ ifPossible: true, log: console.log }); // downloads 274 MB the first time
 *   return engine.available ? engine.tensorflowVersion : engine.reason;
 * }
 * prepare.name; // => "prepare"
 * ```
 */
export async function installNative(
  options: {
    readonly ifPossible?: boolean | undefined;
    readonly force?: boolean | undefined;
    readonly sources?: readonly WheelSource[] | undefined;
    readonly log?: Log | undefined;
  } = {},
): Promise<NativeInstallation> {
  const { ifPossible = false, force = false, sources = ['pip', 'index'], log = () => {} } = options;
  const begin = performance.now();
  const done = (source: EngineSource, running: Running): NativeInstallation => ({
    available: true,
    source,
    ...running,
    seconds: (performance.now() - begin) / 1000,
  });

  const installed = force ? undefined : await whatIsInstalled(log);
  if (installed !== undefined) return done('installed', installed);

  const unavailable = (reason: string): NativeInstallation => {
    if (ifPossible) return { available: false, reason };
    throw new Error(`This machine cannot have the native engine: ${reason}.`);
  };
  const engine = engineForThisMachine();
  if ('reason' in engine) return unavailable(engine.reason);
  for (const addon of addonPackages()) refuseForeignLibrary(addon);
  const source = await cacheOrBuild(engine, { force, sources, log });
  if (typeof source !== 'string') return unavailable(source.reason);

  for (const addon of addonPackages()) {
    linkEngine(engine.directory, addon);
    log(`linked into ${addon.directory}`);
  }
  const running = await run();
  if ('reason' in running)
    throw new Error(`The native engine is in place and does not work: ${running.reason}`);
  log(`it computes: TensorFlow ${running.tensorflowVersion} on ${running.device}`);
  return done(source, running);
}

async function cacheOrBuild(
  engine: Engine,
  { force, sources, log }: { force: boolean; sources: readonly WheelSource[]; log: Log },
): Promise<EngineSource | { readonly reason: string }> {
  if (!force) {
    const begin = performance.now();
    const entry = await lookUpThoroughly(engine.directory);
    if (entry.state === 'whole') {
      log(`found in the cache, whole: ${engine.directory} (${secondsSince(begin)})`);
      return 'cache';
    }
    if (entry.state === 'broken') {
      log(`the engine in the cache is broken and will be built anew: ${entry.reason}`);
      discardEntry(engine.directory);
    }
  }
  const built = await buildEngine(engine, { sources, replace: force, log, loadFailure });
  return 'reason' in built ? built : built.source;
}

interface Running {
  readonly tensorflowVersion: string;
  readonly device: string;
}

async function whatIsInstalled(log: Log): Promise<Running | undefined> {
  const addons = addonPackages();
  if (addons.length === 0 || !addons.every((addon) => isLinked(addon, napiVersion(addon)))) return undefined;
  const running = await run();
  if ('reason' in running) {
    log(`what is installed does not work: ${running.reason}`);
    return undefined;
  }
  log(`already installed and working: TensorFlow ${running.tensorflowVersion} on ${running.device}`);
  return running;
}

async function run(): Promise<Running | { readonly reason: string }> {
  const plan = planOf('native');
  if ('reason' in plan) return plan;
  const running = await probe(plan);
  if ('reason' in running) return running;
  return { tensorflowVersion: running.tensorflowVersion ?? 'unknown', device: running.device };
}
