import { describe, expect, it } from 'vitest';
import { exampleModel } from '../../testing/example-model.js';
import { constant, placeholder, reference } from '../../testing/nodes.js';
import { readSavedModel } from '../../testing/read-saved-model.js';
import type { SavedModel } from '../graph/saved-model.js';
import { encodeSavedModel } from './encode-saved-model.js';

const metaGraph = (model: SavedModel) => readSavedModel(encodeSavedModel(model)).getMetaGraphsList()[0];

describe('the encoded model', () => {
  const graph = metaGraph(exampleModel);

  it('says its versions and tag', () => {
    expect(readSavedModel(encodeSavedModel(exampleModel)).getSavedModelSchemaVersion()).toBe(1);
    expect(graph.getMetaInfoDef().getTagsList()).toEqual(['serve']);
    const versions = graph.getGraphDef().getVersions();
    expect([versions.getProducer(), versions.getMinConsumer()]).toEqual([2474, 12]);
  });

  it('holds nodes and functions', () => {
    const nodes = graph.getGraphDef().getNodeList();
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const plain = nodes.map((one: any) => ({
      name: one.getName(),
      op: one.getOp(),
      inputs: one.getInputList(),
    }));
    expect(plain).toEqual(exampleModel.nodes.map(({ name, op, inputs }) => ({ name, op, inputs })));
    const [definition] = graph.getGraphDef().getLibrary().getFunctionList();
    expect(definition.getSignature().getName()).toBe('exp_plus_one');
    expect(definition.getSignature().getInputArgList()[0].toArray().slice(0, 3)).toEqual(['x', undefined, 1]);
    expect(definition.getRetMap().get('y')).toBe('sum:z:0');
    expect(definition.getAttrMap().get('_XlaMustCompile').getB()).toBe(true);
  });

  it('names what its signatures take and give', () => {
    const signature = graph.getSignatureDefMap().get('predict');
    expect(signature.getMethodName()).toBe('tensorflow/serving/predict');
    const x = signature.getInputsMap().get('x');
    expect([x.getName(), x.getDtype()]).toEqual(['x:0', 1]);
    expect(
      x
        .getTensorShape()
        .getDimList()
        .map((size: { getSize: () => number }) => size.getSize()),
    ).toEqual([1, 2]);
    expect(signature.getOutputsMap().get('y').getName()).toBe('y:0');
  });

  it('leads loaders to its initialiser, where there is one', () => {
    const { initialiser: _, ...without } = exampleModel;
    expect(graph.getCollectionDefMap().get('saved_model_main_op').getNodeList().getValueList()).toEqual([
      'initialiser',
    ]);
    expect(metaGraph(without).getCollectionDefMap().getLength()).toBe(0);
  });

  it('is the same for the same model', () => {
    expect(Buffer.compare(encodeSavedModel(exampleModel), encodeSavedModel(exampleModel))).toBe(0);
  });

  it('holds a hundred megabytes of constants', () => {
    const values = new Float32Array(2 ** 18).fill(0.5);
    const nodes = Array.from({ length: 100 }, (_, index) =>
      constant(`c${index}`, { dtype: 'float32', shape: [2 ** 18], values }),
    );
    const signatures = { c: { inputs: {}, outputs: { c: reference('c99:0', 'float32', [2 ** 18]) } } };
    const bytes = encodeSavedModel({ nodes, functions: [], signatures });
    expect(bytes.byteLength - 100 * values.byteLength).toBeGreaterThan(0);
    expect(bytes.byteLength - 100 * values.byteLength).toBeLessThan(100 * 200);
  });

  it('refuses a constant whose values do not fit its shape', () => {
    const short = constant('c', { dtype: 'int32', shape: [2, 2], values: Int32Array.of(1) });
    expect(() => encodeSavedModel({ nodes: [short], functions: [], signatures: {} })).toThrow(
      'A constant of int32 [2,2] takes 16 bytes; 4 bytes were given.',
    );
    const text = constant('c', { dtype: 'string', shape: [], values: Uint8Array.of(65) });
    expect(() => encodeSavedModel({ nodes: [text], functions: [], signatures: {} })).toThrow(
      'A constant of string [] cannot be written to a graph',
    );
  });

  it('refuses more than TensorFlow reads', () => {
    const values = { byteLength: 2 ** 31 } as Float32Array;
    const nodes = [
      constant('c', { dtype: 'float32', shape: [2 ** 29], values }),
      placeholder('x', 'float32', []),
    ];
    expect(() => encodeSavedModel({ nodes, functions: [], signatures: {} })).toThrow('below 2 GiB only');
  });
});
