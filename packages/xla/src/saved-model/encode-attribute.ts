import type { PbfWriter } from 'pbf';
import type { Attribute } from '../graph/attribute.js';
import type { Dtype } from '../graph/dtype.js';
import { dataTypes } from './data-types.js';
import { encodeConstant, encodeShape } from './encode-constant.js';

/** Writes an `AttrValue`. */
export function encodeAttribute(attribute: Attribute, writer: PbfWriter): void {
  if ('text' in attribute) writer.writeStringField(2, attribute.text);
  else if ('int' in attribute) writer.writeVarintField(3, attribute.int);
  else if ('float' in attribute) writer.writeFloatField(4, attribute.float);
  else if ('bool' in attribute) writer.writeBooleanField(5, attribute.bool);
  else if ('type' in attribute) writer.writeVarintField(6, dataTypes[attribute.type].number);
  else if ('shape' in attribute) writer.writeMessage(7, encodeShape, attribute.shape);
  else if ('tensor' in attribute) writer.writeMessage(8, encodeConstant, attribute.tensor);
  else if ('function' in attribute) writer.writeMessage(10, encodeFunctionName, attribute.function);
  else writer.writeMessage(1, encodeList, attribute);
}

type ListAttribute = Extract<
  Attribute,
  | Record<'texts', unknown>
  | Record<'ints', unknown>
  | Record<'floats', unknown>
  | Record<'types', unknown>
  | Record<'shapes', unknown>
>;

function encodeList(attribute: ListAttribute, writer: PbfWriter): void {
  if ('texts' in attribute) for (const text of attribute.texts) writer.writeStringField(2, text);
  else if ('ints' in attribute) writer.writePackedVarint(3, [...attribute.ints]);
  else if ('floats' in attribute) writer.writePackedFloat(4, [...attribute.floats]);
  else if ('types' in attribute) writer.writePackedVarint(6, numbersOf(attribute.types));
  else for (const shape of attribute.shapes) writer.writeMessage(7, encodeShape, shape);
}

function numbersOf(types: readonly Dtype[]): number[] {
  return types.map((type) => dataTypes[type].number);
}

function encodeFunctionName(name: string, writer: PbfWriter): void {
  writer.writeStringField(1, name);
}
