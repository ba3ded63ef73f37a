export { readSafetensors } from './files/read-safetensors.js';
export { readSafetensorsHeader, type SafetensorsHeader } from './files/read-safetensors-header.js';
export { writeFileAtomically } from './files/write-file-atomically.js';
export { type WriteOptions, writeSafetensors } from './files/write-safetensors.js';
