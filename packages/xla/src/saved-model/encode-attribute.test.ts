import { describe, expect, it } from 'vitest';
import { node } from '../../testing/nodes.js';
import { readSavedModel } from '../../testing/read-saved-model.js';
import type { Attributes } from '../graph/attribute.js';
import { encodeSavedModel } from './encode-saved-model.js';

describe('an encoded attribute', () => {
  const attributes: Attributes = {
    type: { type: 'bfloat16' },
    types: { types: ['resource', 'bool'] },
    noTypes: { types: [] },
    int: { int: -1 },
    ints: { ints: [3, -4, 2 ** 40] },
    float: { float: -0.5 },
    floats: { floats: [0.25, 1e10] },
    yes: { bool: true },
    no: { bool: false },
    text: { text: 'é' },
    texts: { texts: ['a', ''] },
    shape: { shape: [2, 0, -1] },
    scalar: { shape: [] },
    shapes: { shapes: [[1], []] },
    function: { function: 'f' },
  };
  const model = { nodes: [node('n', 'Op', [], attributes)], functions: [], signatures: {} };
  const map = readSavedModel(encodeSavedModel(model))
    .getMetaGraphsList()[0]
    .getGraphDef()
    .getNodeList()[0]
    .getAttrMap();
  const utf8 = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
  // biome-ignore lint/suspicious/noExplicitAny: the reader comes without types
  const sizes = (shape: any) => shape.getDimList().map((size: any) => size.getSize());

  it.each([
    ['type', (value) => value.getType(), 14],
    ['types', (value) => value.getList().getTypeList(), [20, 10]],
    ['noTypes', (value) => [value.hasList(), value.getList().getTypeList()], [true, []]],
    ['int', (value) => value.getI(), -1],
    ['ints', (value) => value.getList().getIList(), [3, -4, 2 ** 40]],
    ['float', (value) => value.getF(), -0.5],
    ['floats', (value) => value.getList().getFList(), [0.25, 1e10]],
    ['yes', (value) => value.getB(), true],
    ['no', (value) => [value.hasB(), value.getB()], [true, false]],
    ['text', (value) => utf8(value.getS_asU8()), 'é'],
    ['texts', (value) => value.getList().getSList_asU8().map(utf8), ['a', '']],
    ['shape', (value) => sizes(value.getShape()), [2, 0, -1]],
    ['scalar', (value) => [value.hasShape(), sizes(value.getShape())], [true, []]],
    ['shapes', (value) => value.getList().getShapeList().map(sizes), [[1], []]],
    ['function', (value) => value.getFunc().getName(), 'f'],
    // biome-ignore lint/suspicious/noExplicitAny: the reader comes without types
  ] as const satisfies [string, (value: any) => unknown, unknown][])(
    'is what it was: %s',
    (name, get, expected) => {
      expect(get(map.get(name))).toEqual(expected);
    },
  );
});
