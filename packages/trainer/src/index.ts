export { adamW } from './adamw.js';
export { type Batches, batchSizeOf } from './batches.js';
export type {
  Callback,
  CheckpointReport,
  EvaluationReport,
  Metrics,
  StepReport,
  TrainingStart,
} from './callback.js';
export {
  type CheckpointVariables,
  loadCheckpoint,
  loadModel,
  type Progress,
  saveCheckpoint,
} from './checkpoint.js';
export { clipGradients, globalNorm } from './clip-gradients.js';
export { compiledExecutor } from './compiled-executor.js';
export { defaultExecutor } from './default-executor.js';
export { eagerExecutor } from './eager-executor.js';
export { evaluate } from './evaluate.js';
export type { Executor, Program, Step, StepInputs } from './executor.js';
export { type Heads, type JointBatch, joint } from './joint.js';
export type { Gradients, Optimiser } from './optimiser.js';
export { requireFinite } from './require-finite.js';
export { resume } from './resume.js';
export { constant, type Schedule, warmupCosine } from './schedule.js';
export { type AnyObjective, evaluationStep, trainingStep, weightScalars } from './steps.js';
export { type Checkpoints, type TrainingResult, type TrainOptions, train } from './train.js';
