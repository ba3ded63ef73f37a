import { followPlan, refuseOtherThreads, setBackend } from './follow-plan.js';
import { type Loadable, loadable, planOf } from './plan.js';

/** What a user may ask for; `native` is the friendly name of `tensorflow`. */
export type BackendName = 'auto' | 'native' | 'tensorflow' | 'wasm' | 'cpu' | 'webgpu';

/** A backend that was tried before the one that answers, and why it was left. */
export interface SkippedBackend {
  readonly backend: string;
  readonly reason: string;
}

/** The backend that now answers every TensorFlow.js call of this process. */
export interface OpenBackend {
  /** TensorFlow.js's own name: `tensorflow`, `wasm`, `cpu` or `webgpu`. */
  readonly backend: string;
  /** `CPU`, or `GPU` and its name. */
  readonly device: string;
  /** Of the native engine only. */
  readonly tensorflowVersion?: string;
  /** Threads that one operation may use; undefined where the backend does not say. */
  readonly threads: number | undefined;
  readonly skipped: readonly SkippedBackend[];
}

type Skip = SkippedBackend & { readonly remedy?: string };

/** What each name stands for, in the order in which it is tried. */
const choices: Readonly<Record<Exclude<BackendName, 'webgpu'>, readonly Loadable[]>> = {
  auto: loadable,
  native: ['native', 'tfjs-node'],
  tensorflow: ['native', 'tfjs-node'],
  wasm: ['wasm'],
  cpu: ['cpu'],
};

/**
 * Loads a TensorFlow.js backend with its gradients and makes it the one that answers. Call it before the first tensor.
 *
 * It sets the same engine that `import '@tensorflow/tfjs'` or `'@tensorflow/tfjs-core'` gives everywhere in this process.
 *
 * @param options.backend the one to use; `auto`, the default, takes the first that works of tfjs-node-gpu, tfjs-node,
 *   wasm and cpu. `webgpu` is only selected: the caller must have registered it.
 * @param options.threads of the native engine, as many as the process may use unless given; the others have one
 * @throws when the backend that was named does not work: why, and what to do
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs-core';
 * import { openBackend } from '@whereabouts/runtime';
 *
 * const { backend, device, skipped } = await openBackend({ backend: 'cpu' });
 * [backend, device, skipped.length]; // => ["cpu", "CPU", 0]
 * Array.from(tf.grad((x) => tf.square(x))(tf.tensor1d([3])).dataSync()); // => [6]
 * ```
 */
export async function openBackend(
  options: { readonly backend?: BackendName | undefined; readonly threads?: number | undefined } = {},
): Promise<OpenBackend> {
  const { backend: name = 'auto', threads } = options;
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0))
    throw new Error(`The number of threads must be a whole number from 1 on, and is ${threads}.`);
  const tf = await import('@tensorflow/tfjs-core');
  if (name === 'webgpu') return selectRegistered(tf, name);
  if (!Object.hasOwn(choices, name))
    throw new Error(
      `There is no backend "${name}"; choose one of ${Object.keys(choices).join(', ')} and webgpu.`,
    );

  if (choices[name].includes('native')) refuseOtherThreads(tf, threads);

  const skipped: Skip[] = [];
  for (const candidate of choices[name]) {
    try {
      const plan = planOf(candidate);
      if ('reason' in plan) {
        skipped.push({ backend: candidate, ...plan });
        continue;
      }
      const running = await followPlan(tf, plan, threads);
      return { backend: plan.backend, ...running, skipped: skipped.map(withoutRemedy) };
    } catch (error) {
      skipped.push({ backend: candidate, reason: (error as Error).message.trim() });
    }
  }
  throw nothingWorks(name, skipped);
}

function nothingWorks(name: string, skipped: readonly Skip[]): Error {
  const asked =
    name === 'auto' ? 'No backend works' : `The backend "${name}" was asked for and does not work`;
  const reasons = skipped.map(({ backend, reason }) => `\n- ${backend}: ${reason}`).join('');
  const remedy = skipped[0]?.remedy;
  return new Error(
    `${asked}:${reasons}\n${remedy === undefined ? '' : `To mend it, ${remedy}; `}\`whereabouts doctor\` tells more.`,
  );
}

function withoutRemedy({ backend, reason }: Skip): SkippedBackend {
  return { backend, reason };
}

async function selectRegistered(
  tf: typeof import('@tensorflow/tfjs-core'),
  backend: string,
): Promise<OpenBackend> {
  if (!(backend in tf.engine().registryFactory))
    throw new Error(
      `The backend "${backend}" was asked for and is not registered. Whereabouts does not load it: import '@tensorflow/tfjs' and '@tensorflow/tfjs-backend-${backend}' first, in Node with \`navigator.gpu\` set, for example by the package "webgpu".`,
    );
  await setBackend(tf, backend);
  return { backend, device: 'GPU', threads: undefined, skipped: [] };
}
