import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { gpuName } from './gpu-name.js';
import { shimNode } from './node-shim.js';
import type { Plan } from './plan.js';

/** What can be said of a backend that runs. */
export interface RunningBackend {
  readonly device: string;
  readonly tensorflowVersion?: string;
  readonly threads: number | undefined;
}

type TensorFlow = typeof import('@tensorflow/tfjs-core');

/**
 * Loads a backend into this process, makes it the one that answers, and says what it is.
 *
 * @throws when it does not load or another one answers
 */
export async function followPlan(
  tf: TensorFlow,
  plan: Plan,
  threads: number | undefined,
): Promise<RunningBackend> {
  const require = createRequire(import.meta.url);
  const native = plan.backend === 'tensorflow';
  if (native && !isRunning(tf, 'tensorflow')) prepareNative(threads);
  for (const module of plan.modules) require(module);
  if (plan.wasm !== undefined && !isRunning(tf, 'wasm')) {
    const wasm = require(plan.wasm.module) as typeof import('@tensorflow/tfjs-backend-wasm');
    wasm.setWasmPaths(plan.wasm.files);
  }
  await setBackend(tf, plan.backend);
  if (plan.backend === 'cpu') Reflect.set(tf.backend(), 'firstUse', false); // or it advertises another package
  if (!native) return { device: 'CPU', threads: 1 };

  const backend = tf.backend();
  const binding: unknown = Reflect.get(backend, 'binding');
  const onGpu = Reflect.get(backend, 'isUsingGpuDevice') === true;
  return {
    device: onGpu ? ['GPU', gpuName()].filter(Boolean).join(' ') : 'CPU',
    tensorflowVersion: String(Reflect.get(Object(binding), 'TF_Version')),
    threads: Number(process.env.TF_NUM_INTRAOP_THREADS) || undefined,
  };
}

/** Sets a backend and believes only what then answers: TensorFlow.js returns `false` where one might expect an error. */
export async function setBackend(tf: TensorFlow, backend: string): Promise<void> {
  const accepted = await tf.setBackend(backend);
  if (!accepted || tf.getBackend() !== backend)
    throw new Error(`TensorFlow.js did not accept the backend ${backend}; ${tf.getBackend()} answers`);
}

/** What TensorFlow reads once, when its library is loaded: set before that, and then fixed for the process. */
function prepareNative(threads: number | undefined): void {
  const { env } = process;
  env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true';
  if (threads !== undefined) env.TF_NUM_INTRAOP_THREADS = String(threads);
  env.TF_NUM_INTRAOP_THREADS ??= String(availableParallelism()); // TensorFlow would count the whole machine's cores
  shimNode();
}

/**
 * Refuses a number of threads that comes too late.
 *
 * @throws when the native engine runs in this process already, with another number
 */
export function refuseOtherThreads(tf: TensorFlow, threads: number | undefined): void {
  const now = process.env.TF_NUM_INTRAOP_THREADS;
  if (threads === undefined || now === String(threads) || !isRunning(tf, 'tensorflow')) return;
  throw new Error(
    `The native engine already runs in this process with ${now ?? 'its own number of'} threads and cannot change to ${threads}; open it with that number first, or in a process of its own.`,
  );
}

function isRunning(tf: TensorFlow, backend: string): boolean {
  return backend in tf.engine().registry;
}
