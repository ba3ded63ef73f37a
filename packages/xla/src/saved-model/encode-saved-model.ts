import { PbfWriter } from 'pbf';
import type { Attributes } from '../graph/attribute.js';
import type { SavedModel, Signature, TensorReference } from '../graph/saved-model.js';
import { dataTypes } from './data-types.js';
import { encodeShape } from './encode-constant.js';
import { encodeGraph } from './encode-graph.js';
import { encodeMap } from './encode-map.js';

/** The tag under which loaders find the one graph of our models. */
export const TAG = 'serve';

/** TensorFlow refuses messages of 2 GiB; names and settings need room as well. */
const MOST_CONSTANT_BYTES = 2 ** 31 - 2 ** 26;

/**
 * Encodes a model as the contents of TensorFlow's `saved_model.pb`.
 *
 * @throws when the constants do not fit into one file, or one of them has another length than dtype and shape say
 */
export function encodeSavedModel(model: SavedModel): Uint8Array {
  const constants = constantBytes(model);
  if (constants > MOST_CONSTANT_BYTES)
    throw new Error(
      `The constants of this model have ${constants} bytes together, and TensorFlow reads graphs below 2 GiB only: make the larger ones variables or inputs.`,
    );
  // Room for the constants from the start, else they are copied each time the writer grows.
  const writer = new PbfWriter(new Uint8Array(constants + 2 ** 20));
  writer.writeVarintField(1, 1); // the schema's version
  writer.writeMessage(2, encodeMetaGraph, model);
  return writer.finish();
}

function constantBytes({ nodes, functions }: SavedModel): number {
  const all = [nodes, ...functions.map((definition) => definition.nodes)].flat();
  return all.reduce((total, { attributes }) => total + tensorBytes(attributes), 0);
}

function tensorBytes(attributes: Attributes): number {
  return Object.values(attributes).reduce(
    (total, attribute) => total + ('tensor' in attribute ? attribute.tensor.values.byteLength : 0),
    0,
  );
}

function encodeMetaGraph(model: SavedModel, writer: PbfWriter): void {
  writer.writeMessage(1, encodeMetaInfo, TAG);
  writer.writeMessage(2, encodeGraph, model);
  encodeMap(writer, 5, model.signatures, encodeSignature);
  if (model.initialiser !== undefined)
    encodeMap(writer, 4, { saved_model_main_op: model.initialiser }, encodeNodeList);
}

function encodeMetaInfo(tag: string, writer: PbfWriter): void {
  writer.writeStringField(4, tag);
}

function encodeSignature({ inputs, outputs }: Signature, writer: PbfWriter): void {
  encodeMap(writer, 1, inputs, encodeReference);
  encodeMap(writer, 2, outputs, encodeReference);
  writer.writeStringField(3, 'tensorflow/serving/predict');
}

/** A `TensorInfo`. */
function encodeReference({ tensor, dtype, shape }: TensorReference, writer: PbfWriter): void {
  writer.writeStringField(1, tensor);
  writer.writeVarintField(2, dataTypes[dtype].number);
  writer.writeMessage(3, encodeShape, shape);
}

/** A `CollectionDef` of one node. */
function encodeNodeList(node: string, writer: PbfWriter): void {
  writer.writeMessage(1, (name, inner) => inner.writeStringField(1, name), node);
}
