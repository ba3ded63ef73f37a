import { dirname } from 'node:path';
import { type FoundPackage, findPackage, findPackageFrom } from './find-package.js';
import { lookUp } from './native/cache.js';
import { addonPackage, engineForThisMachine, napiVersion } from './native/engine.js';
import { isLinked, linkEngine } from './native/link-engine.js';

/** The backends that this package can load in Node, best first. */
export const loadable = ['native', 'tfjs-node', 'wasm', 'cpu'] as const;

/** One of them. */
export type Loadable = (typeof loadable)[number];

/** How to load a backend, as data: this process and a child that only tries it follow the same plan. */
export interface Plan {
  /** TensorFlow.js's name of the backend. */
  readonly backend: string;
  /** Folders of the CommonJS packages to load, in order; importing them registers gradients and the backend. */
  readonly modules: readonly string[];
  /** Where the wasm backend finds its `.wasm` files. */
  readonly wasm?: { readonly module: string; readonly files: string };
  /** Version of the package that brings the backend. */
  readonly version: string;
}

/** Why a backend cannot be loaded, and what to do about it. */
export interface Obstacle {
  readonly reason: string;
  readonly remedy: string;
}

/** Finds the packages of a backend, and for `native` links the engine from the cache if it is there. */
export function planOf(name: Loadable): Plan | Obstacle {
  return plans[name]();
}

const plans: Readonly<Record<Loadable, () => Plan | Obstacle>> = {
  native: () => {
    const gpu = sameCore(
      addonPackage,
      `run \`npm install --ignore-scripts ${addonPackage}@4.22.0\`, then \`whereabouts native install\``,
    );
    if ('reason' in gpu) return gpu;
    if (!isLinked(gpu, napiVersion(gpu))) linkFromCache(gpu);
    return withAddon(gpu, 'run `whereabouts native install`');
  },
  'tfjs-node': () => {
    const node = sameCore(
      '@tensorflow/tfjs-node',
      'nothing where native works, else run `npm install @tensorflow/tfjs-node@4.22.0`',
    );
    return 'reason' in node ? node : withAddon(node, 'run `npm rebuild @tensorflow/tfjs-node`');
  },
  wasm: () => {
    const tfjs = sameCore('@tensorflow/tfjs');
    const wasm = sameCore('@tensorflow/tfjs-backend-wasm');
    if ('reason' in tfjs) return tfjs;
    if ('reason' in wasm) return wasm;
    return {
      backend: 'wasm',
      modules: [tfjs.directory, wasm.directory],
      wasm: {
        module: wasm.directory,
        files: `${dirname(wasm.require.resolve('@tensorflow/tfjs-backend-wasm'))}/`,
      },
      version: wasm.version,
    };
  },
  cpu: () => {
    const tfjs = sameCore('@tensorflow/tfjs');
    return 'reason' in tfjs ? tfjs : { backend: 'cpu', modules: [tfjs.directory], version: tfjs.version };
  },
};

function withAddon(found: FoundPackage, remedy: string): Plan | Obstacle {
  return isLinked(found, napiVersion(found))
    ? { backend: 'tensorflow', modules: [found.directory], version: found.version }
    : { reason: `${found.name} is installed without its native library`, remedy };
}

function linkFromCache(addon: FoundPackage): void {
  const engine = engineForThisMachine();
  if ('reason' in engine || lookUp(engine.directory).state !== 'whole') return;
  linkEngine(engine.directory, addon);
}

/**
 * Finds a package and makes sure that it computes with the caller's TensorFlow.js: copies of tfjs-core share one
 * engine through the global object, but only copies of one version understand each other.
 */
function sameCore(name: string, remedy = `run \`npm install ${name}@4.22.0\``): FoundPackage | Obstacle {
  const found = findPackage(name);
  if (found === undefined) return { reason: `${name} is not installed`, remedy };
  const ours = findPackage('@tensorflow/tfjs-core');
  const tfjs = findPackageFrom(found, '@tensorflow/tfjs') ?? found;
  const theirs = findPackageFrom(tfjs, '@tensorflow/tfjs-core');
  if (ours === undefined || theirs === undefined || ours.version === theirs.version) return found;
  return {
    reason: `${name} ${found.version} computes with tfjs-core ${theirs.version}, and Whereabouts with ${ours.version}`,
    remedy: `install one version of all TensorFlow.js packages, such as ${name}@${ours.version}`,
  };
}
