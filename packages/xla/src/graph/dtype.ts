/** The element types of a TensorFlow graph that we use, by their TensorFlow.js names where those exist. */
export type Dtype =
  | 'float32'
  | 'int32'
  | 'bool'
  | 'complex64'
  | 'string'
  | 'int64'
  | 'int16'
  | 'bfloat16'
  | 'resource';

/** Values as TensorFlow.js keeps them on the host; bool is a byte per element. */
export type HostValues = Float32Array | Int32Array | Uint8Array;
