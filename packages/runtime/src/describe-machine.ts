import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import { findPackage } from './find-package.js';

/** The machine that a run took place on; plain data for a run folder's `environment.json`. */
export interface MachineDescription {
  /** Of Node, such as `v22.1.0`. */
  readonly node: string;
  /** Operating system and processor architecture, such as `linux-x64`. */
  readonly platform: string;
  readonly cpu: string;
  /** How many this process may use. */
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
  /** Versions by package name, of those that are installed. */
  readonly packages: Readonly<Record<string, string>>;
}

const tensorflowPackages = [
  '@tensorflow/tfjs',
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-node-gpu',
  '@tensorflow/tfjs-node',
  '@tensorflow/tfjs-backend-wasm',
];

/**
 * Describes Node, processor, memory and the TensorFlow.js packages of this machine.
 *
 * @param packages further npm packages whose versions to write down
 * @example
 * ```ts
 * import { describeMachine } from '@whereabouts/runtime';
 *
 * const { node, cores, packages } = describeMachine(['@whereabouts/runtime']);
 * [node === process.version, cores > 0, '@tensorflow/tfjs-core' in packages]; // => [true, true, true]
 * ```
 */
export function describeMachine(packages: readonly string[] = []): MachineDescription {
  const versions = [...tensorflowPackages, ...packages].flatMap((name) => {
    const found = findPackage(name);
    return found === undefined ? [] : [[name, found.version] as const];
  });
  return {
    node: process.version,
    platform: `${platform()}-${arch()}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory: totalmem(),
    packages: Object.fromEntries(versions),
  };
}
