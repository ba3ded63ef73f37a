import type { PbfWriter } from 'pbf';
import type { Dtype } from '../graph/dtype.js';
import type { FunctionDefinition, NodeDefinition, SavedModel } from '../graph/saved-model.js';
import { dataTypes } from './data-types.js';
import { encodeAttribute } from './encode-attribute.js';
import { encodeMap } from './encode-map.js';

/** The version of the rules for graphs that ours are written by, and the oldest reader that knows them. */
const versions = { producer: 2474, minConsumer: 12 };

/** Writes a `GraphDef`: the nodes and functions of a model. */
export function encodeGraph({ nodes, functions }: SavedModel, writer: PbfWriter): void {
  for (const node of nodes) writer.writeMessage(1, encodeNode, node);
  writer.writeMessage(2, encodeFunctions, functions);
  writer.writeMessage(4, encodeVersions, versions);
}

function encodeNode({ name, op, inputs, attributes }: NodeDefinition, writer: PbfWriter): void {
  writer.writeStringField(1, name);
  writer.writeStringField(2, op);
  for (const input of inputs) writer.writeStringField(3, input);
  encodeMap(writer, 5, attributes, encodeAttribute);
}

function encodeFunctions(functions: readonly FunctionDefinition[], writer: PbfWriter): void {
  for (const definition of functions) writer.writeMessage(1, encodeFunction, definition);
}

function encodeFunction(definition: FunctionDefinition, writer: PbfWriter): void {
  writer.writeMessage(1, encodeFace, definition);
  for (const node of definition.nodes) writer.writeMessage(3, encodeNode, node);
  for (const result of Object.entries(definition.results)) writer.writeMessage(4, encodeResult, result);
  encodeMap(writer, 5, definition.attributes, encodeAttribute);
}

/** An `OpDef`: what a caller sees of a function. */
function encodeFace({ name, inputs, outputs }: FunctionDefinition, writer: PbfWriter): void {
  writer.writeStringField(1, name);
  for (const input of inputs) writer.writeMessage(2, encodeArgument, input);
  for (const output of outputs) writer.writeMessage(3, encodeArgument, output);
}

function encodeArgument({ name, dtype }: { name: string; dtype: Dtype }, writer: PbfWriter): void {
  writer.writeStringField(1, name);
  writer.writeVarintField(3, dataTypes[dtype].number);
}

function encodeResult([output, tensor]: readonly [string, string], writer: PbfWriter): void {
  writer.writeStringField(1, output);
  writer.writeStringField(2, tensor);
}

function encodeVersions({ producer, minConsumer }: typeof versions, writer: PbfWriter): void {
  writer.writeVarintField(1, producer);
  writer.writeVarintField(2, minConsumer);
}
