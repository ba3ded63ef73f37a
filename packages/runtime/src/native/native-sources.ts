import { lookUp } from './cache.js';
import { cacheDirectory } from './cache-directory.js';
import { findCompiler } from './compile-addon.js';
import { addonPackages, engineForThisMachine, napiVersion } from './engine.js';
import { isLinked } from './link-engine.js';
import { locateWheel, packageIndex } from './package-index.js';
import { findPip } from './pip.js';

/** One place that the native engine could come from on this machine. */
export interface NativeSource {
  readonly source: 'installed' | 'cache' | 'installer' | 'pip' | 'index';
  readonly available: boolean;
  /** What was found, or why it cannot be had from there. */
  readonly detail: string;
}

/**
 * Looks at each place that `installNative` could take the native engine from, in its order; downloads nothing.
 *
 * @example
 * ```ts
 * import { nativeSources } from '@whereabouts/runtime';
 *
 * const sources = await nativeSources();
 * sources.map(({ source }) => source); // => ["installed", "cache", "installer", "pip", "index"]
 * ```
 */
export async function nativeSources(): Promise<NativeSource[]> {
  const engine = engineForThisMachine();
  const compiler = await findCompiler();
  const obstacle = 'reason' in engine ? engine.reason : 'reason' in compiler ? compiler.reason : undefined;
  return [
    installed(),
    cached(),
    {
      source: 'installer',
      available: false,
      detail:
        'not used: the installer of tfjs-node-gpu brings TensorFlow 2.9 and rewrites its package.json in place, which pnpm shares between projects',
    },
    { source: 'pip', ...(obstacle === undefined ? await byPip() : { available: false, detail: obstacle }) },
    {
      source: 'index',
      ...(obstacle === undefined ? await byIndex() : { available: false, detail: obstacle }),
    },
  ];
}

function installed(): NativeSource {
  const [addon] = addonPackages();
  if (addon === undefined)
    return { source: 'installed', available: false, detail: '@tensorflow/tfjs-node-gpu is not installed' };
  return isLinked(addon, napiVersion(addon))
    ? { source: 'installed', available: true, detail: addon.directory }
    : { source: 'installed', available: false, detail: `${addon.directory} has no native library` };
}

function cached(): NativeSource {
  const engine = engineForThisMachine();
  if ('reason' in engine) return { source: 'cache', available: false, detail: engine.reason };
  const entry = lookUp(engine.directory);
  if (entry.state === 'whole') return { source: 'cache', available: true, detail: engine.directory };
  const detail =
    entry.state === 'broken'
      ? `${engine.directory} is broken: ${entry.reason}`
      : `none in ${cacheDirectory()}`;
  return { source: 'cache', available: false, detail };
}

async function byPip(): Promise<Omit<NativeSource, 'source'>> {
  const pip = await findPip();
  return 'reason' in pip
    ? { available: false, detail: pip.reason }
    : { available: true, detail: `${pip.version}; whether its index can be reached shows when it downloads` };
}

async function byIndex(): Promise<Omit<NativeSource, 'source'>> {
  const engine = engineForThisMachine();
  if ('reason' in engine) return { available: false, detail: engine.reason };
  const found = await locateWheel(packageIndex(), engine.wheel);
  return 'reason' in found
    ? { available: false, detail: found.reason }
    : { available: true, detail: found.url };
}
