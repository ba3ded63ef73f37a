import { createRequire } from 'node:module';

/** Reads a `saved_model.pb` by the code that TensorFlow.js's native package generated from TensorFlow's definitions. */
// biome-ignore lint/suspicious/noExplicitAny: it comes without types
export function readSavedModel(bytes: Uint8Array): any {
  const messages = createRequire(import.meta.url)('@tensorflow/tfjs-node-gpu/dist/proto/api_pb.js');
  return messages.SavedModel.deserializeBinary(bytes);
}
