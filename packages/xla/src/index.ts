export type { CallOptions } from './asked-inputs.js';
export { type Compiled, compile, type FunctionSpec } from './compile.js';
export type { Regions } from './islands/region-plans.js';
export { canCompile } from './saved-model/native-backend.js';
export type { Precision, Surroundings, TensorFunction, TensorSpec } from './trace/trace.js';
