export { fromCheckpoint, type ModelTensors } from './checkpoint/from-checkpoint.js';
export { toHostTensor, toHostTensors } from './safetensors/host-conversion.js';
export type { SerialiseOptions, WritableTensors } from './safetensors/layout.js';
export { parseSafetensors, type Safetensors } from './safetensors/parse-safetensors.js';
export { serialiseSafetensors } from './safetensors/serialise-safetensors.js';
export { toStoredTensor } from './safetensors/stored-conversion.js';
export type { Dtype, StoredTensor, StoredValues } from './safetensors/stored-tensor.js';
export { fromTimmVit, type VitTensors } from './timm/from-timm-vit.js';
export { toTimmVit } from './timm/to-timm-vit.js';
