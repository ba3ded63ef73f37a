import { findPackage } from './find-package.js';
import { needsNodeShim } from './node-shim.js';
import { type Loadable, loadable, type Obstacle, type Plan, planOf } from './plan.js';
import { probe } from './probe.js';

/** Whether one backend works on this machine, found out by computing with it in a process of its own. */
export interface Diagnosis {
  readonly backend: Loadable | 'webgpu';
  readonly works: boolean;
  /** Version, device and threads of what works; otherwise the version that was found, if any. */
  readonly detail: string;
  /** Why it does not work. */
  readonly reason?: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/**
 * Tries every backend with a small computation and its gradient, each in a process of its own: a crash there is an
 * answer, and this process's backend stays as it was. Takes a few seconds.
 *
 * Like `openBackend` it links the native engine into `node_modules` if the cache has it.
 *
 * @example
 * ```ts
 * import { doctor } from '@whereabouts/runtime';
 *
 * const diagnoses = await doctor();
 * diagnoses.map(({ backend }) => backend); // => ["native", "tfjs-node", "wasm", "cpu", "webgpu"]
 * diagnoses.find(({ backend }) => backend === 'cpu')?.works; // => true
 * ```
 */
export async function doctor(): Promise<Diagnosis[]> {
  const diagnoses: Diagnosis[] = [];
  for (const backend of loadable) diagnoses.push(await diagnose(backend));
  return [...diagnoses, webgpu()];
}

async function diagnose(backend: Loadable): Promise<Diagnosis> {
  let plan: Plan | Obstacle;
  try {
    plan = planOf(backend);
  } catch (error) {
    return { backend, works: false, detail: '', reason: (error as Error).message };
  }
  if ('reason' in plan) return { backend, works: false, detail: '', ...plan };
  const running = await probe(plan);
  const version = `${backend} ${plan.version}`;
  if ('reason' in running)
    return { backend, works: false, detail: version, reason: running.reason, remedy: mend[backend] };
  const { tensorflowVersion, device, threads } = running;
  const facts = [
    tensorflowVersion === undefined ? version : `TensorFlow ${tensorflowVersion}`,
    device,
    `${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    ...(plan.backend === 'tensorflow' && needsNodeShim()
      ? [`with the shim for Node ${process.version}`]
      : []),
  ];
  return { backend, works: true, detail: facts.join(', ') };
}

/** What to try with packages that are there and do not work. */
const mend: Readonly<Record<Loadable, string>> = {
  native: 'run `whereabouts native install --force`',
  'tfjs-node': 'run `npm rebuild @tensorflow/tfjs-node`, or use native instead: `whereabouts native install`',
  wasm: 'run `npm install @tensorflow/tfjs-backend-wasm@4.22.0`',
  cpu: 'run `npm install @tensorflow/tfjs@4.22.0`',
};

function webgpu(): Diagnosis {
  const found = findPackage('@tensorflow/tfjs-backend-webgpu');
  return {
    backend: 'webgpu',
    works: false,
    detail: found === undefined ? '' : `webgpu ${found.version}`,
    reason:
      found === undefined
        ? '@tensorflow/tfjs-backend-webgpu is not installed'
        : 'it was not tried: Node has no WebGPU of its own',
    remedy:
      'in Node the calling program sets `navigator.gpu` and imports @tensorflow/tfjs-backend-webgpu itself, then opens `webgpu` by name',
  };
}
