export { readSafetensors } from './files/read-safetensors.js';
export { writeFileAtomically } from './files/write-file-atomically.js';
export { type WriteOptions, writeSafetensors } from './files/write-safetensors.js';
