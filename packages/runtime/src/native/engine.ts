import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FoundPackage, findPackages } from '../find-package.js';
import { cacheDirectory } from './cache-directory.js';
import { glibcVersion, type Wheel, wheelFor } from './wheel.js';

/** Counts changes to how an engine is built, so that one built the old way is not taken for a new one. */
const recipe = 1;

/** The npm package that holds the JavaScript and the addon's C++ source. */
export const addonPackage = '@tensorflow/tfjs-node-gpu';

/** The engine that fits this machine, and where it belongs; it need not exist yet. */
export interface Engine {
  readonly wheel: Wheel;
  /** Where the addon's source is. */
  readonly addon: FoundPackage;
  /** Version of Node's interface that the addon is compiled for. */
  readonly napi: number;
  /** Its folder in the cache. */
  readonly directory: string;
}

/** The folders of `tfjs-node-gpu` that code here or in the user's project would load. */
export function addonPackages(): FoundPackage[] {
  return findPackages(addonPackage);
}

/** The engine that fits this machine, or why there is none. */
export function engineForThisMachine(): Engine | { readonly reason: string } {
  const [addon] = addonPackages();
  if (addon === undefined)
    return {
      reason: `the package ${addonPackage} is not installed; add it without its download: npm install --ignore-scripts ${addonPackage}@4.22.0`,
    };
  const { platform, arch } = process;
  const wheel = wheelFor({ platform, arch, glibc: platform === 'linux' ? glibcVersion() : undefined });
  if ('reason' in wheel) return wheel;
  const napi = napiVersion(addon);
  const key = [
    `${wheel.project}-${wheel.version}`,
    `addon-${addon.version}`,
    `${platform}-${arch}`,
    `napi-${napi}`,
    `recipe-${recipe}`,
  ].join('_');
  return { wheel, addon, napi, directory: join(cacheDirectory(), 'native', key) };
}

/** The newest of the interface versions that the addon lists and this Node has, as its own loader chooses. */
export function napiVersion(addon: FoundPackage): number {
  const manifest = JSON.parse(readFileSync(join(addon.directory, 'package.json'), 'utf8')) as {
    binary: { napi_versions: number[] };
  };
  return Math.max(
    ...manifest.binary.napi_versions.filter((version) => version <= Number(process.versions.napi)),
  );
}

/** Path of the compiled addon below an engine's folder, or below the package's. */
export function addonPath(directory: string, napi: number): string {
  return join(directory, 'lib', `napi-v${napi}`, 'tfjs_binding.node');
}
