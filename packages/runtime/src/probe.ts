import { availableParallelism } from 'node:os';
import { findPackage } from './find-package.js';
import type { RunningBackend } from './follow-plan.js';
import type { Plan } from './plan.js';
import { runProcess } from './run-process.js';

const patience = 120_000; // milliseconds

/**
 * Follows a plan in a process of its own and computes there a product and its gradient, so that a crash is an answer
 * and this process's backend stays as it was. Returns what runs, or why it does not.
 */
export async function probe(plan: Plan): Promise<RunningBackend | { readonly reason: string }> {
  const core = findPackage('@tensorflow/tfjs-core');
  if (core === undefined) return { reason: '@tensorflow/tfjs-core is not installed' };
  const request = JSON.stringify({ ...plan, core: core.directory });
  const env = {
    TF_CPP_MIN_LOG_LEVEL: '3',
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    TF_NUM_INTRAOP_THREADS: String(availableParallelism()),
    ...process.env,
    NODE_OPTIONS: '',
  };
  const { ok, stdout, stderr, ending } = await runProcess(process.execPath, ['-e', program, request], {
    env,
    timeout: patience,
  });
  const answer = stdout.split(marker)[1];
  if (ok && answer !== undefined) return JSON.parse(answer) as RunningBackend | { readonly reason: string };
  return {
    reason: [`a process that tried it ended: ${ending}`, ...stderr.trim().split('\n').slice(-3)].join('\n'),
  };
}

const marker = '\u0001';

/** The program of that process: plain CommonJS, since it runs where no TypeScript and no bundle is. */
const program = `
const plan = JSON.parse(process.argv[1]);
const answer = (value) => process.stdout.write('${marker}' + JSON.stringify(value) + '${marker}');
async function main() {
  const util = require('node:util');
  if (parseInt(process.versions.node, 10) >= 22)
    Object.assign(util, { isArray: Array.isArray, isNullOrUndefined: (value) => value === null || value === undefined });
  const tf = require(plan.core);
  for (const module of plan.modules) require(module);
  if (plan.wasm) require(plan.wasm.module).setWasmPaths(plan.wasm.files);
  if (!(await tf.setBackend(plan.backend)) || tf.getBackend() !== plan.backend)
    throw new Error('TensorFlow.js did not accept the backend ' + plan.backend + '; ' + tf.getBackend() + ' answers');
  const { value, grad } = tf.valueAndGrad((x) => tf.sum(tf.matMul(x, x)))(tf.tensor2d([[1, 2], [3, 4]]));
  const found = [...(await value.data()), ...(await grad.data())].join(' ');
  if (found !== '54 7 11 9 13') throw new Error('it computes wrong numbers: ' + found + ' instead of 54 7 11 9 13');
  const backend = tf.backend();
  if (plan.backend !== 'tensorflow') return { device: 'CPU', threads: 1 };
  return {
    device: backend.isUsingGpuDevice ? 'GPU' : 'CPU',
    tensorflowVersion: String(backend.binding.TF_Version),
    threads: Number(process.env.TF_NUM_INTRAOP_THREADS),
  };
}
main().then(answer, (error) => answer({ reason: String(error.message || error).trim() }));
`;
