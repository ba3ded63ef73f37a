export { averagedOverFlips } from './averaged-over-flips.js';
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
  saveCheckpoint,
} from './checkpoints/checkpoint.js';
export type { Checkpoints } from './checkpoints/checkpoint-folder.js';
export type { Progress } from './checkpoints/progress.js';
export { resume } from './checkpoints/resume.js';
export { compiledExecutor } from './compiled-executor.js';
export { defaultExecutor } from './default-executor.js';
export { eagerExecutor } from './eager-executor.js';
export { type Ema, ema } from './ema.js';
export { evaluate } from './evaluate.js';
export type { Executor, Program, Step, StepInputs } from './executor.js';
export { freeze } from './freeze.js';
export type { Computation, Inference } from './inference/inference.js';
export { type Heads, type JointBatch, joint } from './joint.js';
export { cachedFeatures } from './judging/cached-features.js';
export type { FeatureTable } from './judging/feature-table.js';
export { featuresOf, pooledOrMean } from './judging/features-of.js';
export { linearProbe } from './judging/linear-probe.js';
export { type KnnResult, weightedKnn } from './judging/weighted-knn.js';
export { layerDecay } from './layer-decay.js';
export { adamW } from './optimisers/adamw.js';
export { clipGradients, globalNorm } from './optimisers/clip-gradients.js';
export { lars } from './optimisers/lars.js';
export type { Gradients, Optimiser } from './optimisers/optimiser.js';
export type { OptimiserOptions } from './optimisers/optimiser-options.js';
export { sgd } from './optimisers/sgd.js';
export { constant } from './schedules/constant.js';
export { cosineSchedule } from './schedules/cosine-schedule.js';
export { linearSchedule } from './schedules/linear-schedule.js';
export { multistepSchedule } from './schedules/multistep-schedule.js';
export { polynomialSchedule } from './schedules/polynomial-schedule.js';
export type { Schedule } from './schedules/schedule.js';
export { stepSchedule } from './schedules/step-schedule.js';
export { warmup } from './schedules/warmup.js';
export { warmupCosine } from './schedules/warmup-cosine.js';
export type { Criterion, EarlyStopping } from './session/judge.js';
export { requireFinite } from './session/require-finite.js';
export type { Updating } from './steps/apply-gradients.js';
export { evaluationStep } from './steps/evaluation-step.js';
export { type AnyObjective, passScalars, weightScalars } from './steps/objective-terms.js';
export { trainingStep } from './steps/training-step.js';
export { type StopSignals, stopSignals } from './stop-signals.js';
export { type Objectives, type TogetherBatch, together } from './together.js';
export { train } from './train.js';
export type { Budget, EndReason, TrainingResult, TrainOptions } from './train-options.js';
