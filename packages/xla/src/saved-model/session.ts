// provisional
import { mkdtempSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { PbfWriter } from 'pbf';
import type { Attribute } from '../graph/attribute.js';
import type { SavedModel } from '../graph/saved-model.js';
const types: any = { float32: 1, int32: 3, string: 7, complex64: 8, int64: 9, bool: 10, bfloat16: 14, resource: 20 };
const shape = (s: any, w: any) => { for (const d of s) w.writeMessage(2, (x: any, p: any) => { p.writeVarintField(1, x); }, d); };
const tensor = (t: any, w: any) => { w.writeVarintField(1, types[t.dtype]); w.writeMessage(2, shape, t.shape); w.writeBytesField(4, new Uint8Array(t.values.buffer, t.values.byteOffset, t.values.byteLength)); };
const list = (a: any, w: any) => { if (a.types) w.writePackedVarint(6, a.types.map((t: any) => types[t])); if (a.ints) w.writePackedVarint(3, a.ints); if (a.floats) w.writePackedFloat(4, a.floats); if (a.shapes) for (const s of a.shapes) w.writeMessage(7, shape, s); };
const attr = (a: any, w: any) => {
  if ('type' in a) w.writeVarintField(6, types[a.type]); else if ('int' in a) w.writeVarintField(3, a.int); else if ('float' in a) w.writeFloatField(4, a.float);
  else if ('bool' in a) w.writeBooleanField(5, a.bool); else if ('text' in a) w.writeStringField(2, a.text); else if ('shape' in a) w.writeMessage(7, shape, a.shape);
  else if ('tensor' in a) w.writeMessage(8, tensor, a.tensor); else if ('function' in a) w.writeMessage(10, (f: any, p: any) => p.writeStringField(1, f), a.function);
  else w.writeMessage(1, list, a);
};
const attrs = (tag: number, as: any, w: any) => { for (const [k, v] of Object.entries(as)) w.writeMessage(tag, (_: any, p: any) => { p.writeStringField(1, k); p.writeMessage(2, attr, v as Attribute); }, 0); };
const node = (n: any, w: any) => { w.writeStringField(1, n.name); w.writeStringField(2, n.op); for (const i of n.inputs) w.writeStringField(3, i); attrs(5, n.attributes, w); };
const arg = (a: any, w: any) => { w.writeStringField(1, a.name); w.writeVarintField(3, types[a.dtype]); };
const func = (f: any, w: any) => {
  w.writeMessage(1, (_: any, p: any) => { p.writeStringField(1, f.name); for (const i of f.inputs) p.writeMessage(2, arg, i); for (const o of f.outputs) p.writeMessage(3, arg, o); }, 0);
  for (const n of f.nodes) w.writeMessage(3, node, n);
  for (const [k, v] of Object.entries(f.results)) w.writeMessage(4, (_: any, p: any) => { p.writeStringField(1, k); p.writeStringField(2, v); }, 0);
  attrs(5, f.attributes, w);
};
const info = (t: any, w: any) => { w.writeStringField(1, t.tensor); w.writeVarintField(2, types[t.dtype]); w.writeMessage(3, shape, t.shape); };
const signature = (s: any, w: any) => {
  for (const [tag, side] of [[1, s.inputs], [2, s.outputs]]) for (const [k, v] of Object.entries(side)) w.writeMessage(tag, (_: any, p: any) => { p.writeStringField(1, k); p.writeMessage(2, info, v); }, 0);
  w.writeStringField(3, 'tensorflow/serving/predict');
};
export function canCompile(): boolean { const b = tf.backend() as any; return typeof b.loadSavedModelMetaGraph === 'function'; }
export function openSession(model: SavedModel) {
  const w = new PbfWriter() as any;
  w.writeVarintField(1, 1);
  w.writeMessage(2, (_: any, m: any) => {
    m.writeMessage(1, (_: any, p: any) => { p.writeStringField(4, 'serve'); }, 0);
    m.writeMessage(2, (_: any, g: any) => {
      for (const n of model.nodes) g.writeMessage(1, node, n);
      g.writeMessage(2, (_: any, l: any) => { for (const f of model.functions) l.writeMessage(1, func, f); }, 0);
      g.writeMessage(4, (_: any, v: any) => { v.writeVarintField(1, 2474); v.writeVarintField(2, 12); }, 0);
    }, 0);
    for (const [k, s] of Object.entries(model.signatures)) m.writeMessage(5, (_: any, p: any) => { p.writeStringField(1, k); p.writeMessage(2, signature, s); }, 0);
  }, 0);
  const folder = mkdtempSync(join(tmpdir(), 'xla-'));
  writeFileSync(join(folder, 'saved_model.pb'), w.finish());
  const backend = tf.backend() as any;
  let id: number;
  try { id = backend.loadSavedModelMetaGraph(folder, 'serve'); } finally { rmSync(folder, { recursive: true }); }
  return {
    run: (name: string, inputs: Record<string, tf.Tensor>): Record<string, tf.Tensor> => {
      const s = model.signatures[name]!;
      const names = Object.keys(s.inputs);
      const outs = backend.runSavedModel(id, names.map((n) => inputs[n]), names.map((n) => ({ name: s.inputs[n]!.tensor })), Object.values(s.outputs).map((o) => o.tensor));
      return Object.fromEntries(Object.keys(s.outputs).map((n, i) => [n, outs[i]]));
    },
    dispose: () => backend.deleteSavedModel(id),
  };
}
