export { type Attention, attention } from './attention.js';
export type { Backbone } from './backbone.js';
export type { ClassBatch } from './class-loss.js';
export { classification } from './classification.js';
export type { ClassifierOptions } from './classifying-head.js';
export { constantTensor } from './constant-tensor.js';
export { crossEntropy, softCrossEntropy } from './cross-entropy.js';
export { type DistillationBatch, distillation } from './distillation.js';
export {
  type DistillationLoss,
  distillationLosses,
  hardDistillation,
  softDistillation,
} from './distillation-losses.js';
export { dropPath } from './drop-path.js';
export type { FeatureSpec, Features, PositionEncodingKind, StageSpec, TokenMap } from './features.js';
export { fused } from './fused.js';
export { gelu } from './gelu.js';
export { type Grid, positionCount } from './grid.js';
export { type Head, type HeadLoss, type HeadNeeds, unmetNeed } from './head.js';
export type { HostBatch, HostTensor } from './host-tensor.js';
export { type Initialise, smallNormal, xavierUniform } from './initialise.js';
export type { Layer } from './layer.js';
export { isUnder, type LayerGroups } from './layer-groups.js';
export { type LayerNorm, layerNorm, standardise } from './layer-norm.js';
export { type LayerScale, layerScale } from './layer-scale.js';
export { type Linear, linear, project } from './linear.js';
export { type LoadReport, loadVariables, readVariables } from './load-variables.js';
export { type Mlp, mlp } from './mlp.js';
export type { Objective } from './objective.js';
export { oneHot } from './one-hot.js';
export { type OperationResult, operation } from './operation.js';
export { evaluationPass, type Pass, trainingPass, within } from './pass.js';
export { predictor } from './predictor.js';
export { createRandom, type Random } from './random.js';
export type { Recorder } from './recorder.js';
export { shuffledOrder } from './shuffled-order.js';
export { type Stream, stream } from './stream.js';
export type { PixelNormalisation, Teacher } from './teacher.js';
export { type TransformerBlock, transformerBlock } from './transformer-block.js';
export { countParameters, disposeVariables, gatherVariables, type Variables, variable } from './variables.js';
