import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs';
import { classification } from '@whereabouts/layers';
import { absolutePositions, relativePositions } from '@whereabouts/position-labels';
import { openBackend } from '@whereabouts/runtime';
import { adamW, joint, trainingStep } from '@whereabouts/trainer';
import { vit } from '@whereabouts/vit';
import { trace } from '/work/main/packages/xla/src/trace/trace.js';
import { signatureGraph } from '/work/main/packages/xla/src/signature-graph.js';
import { writeGraph } from '/work/main/packages/xla/src/islands/write-graph.js';
import { openSession } from '/work/main/packages/xla/src/saved-model/session.js';
await openBackend({ backend: 'native' });
const labels = process.argv[4] ?? 'none';
const backbone = vit({ imageSize: 32, patchSize: 4, channels: 192, depth: Number(process.argv[2] ?? 6), heads: 3 });
const objective = joint(backbone, { classes: classification({ spec: backbone.spec, classes: 10 }),
  ...(labels === 'absolute' || labels === 'both' ? { absolute: absolutePositions({ spec: backbone.spec }) } : {}),
  ...(labels === 'relative' || labels === 'both' ? { relative: relativePositions({ spec: backbone.spec }) } : {}) });
const optimiser = adamW(objective);
const step = trainingStep({ objective, optimiser, clipNorm: 5 });
const traced = trace((inputs, { random, scalar }) => step({ batch: inputs, random, scalars: new Proxy({}, { get: (_n, k) => scalar(String(k)) }) as never }), { images: { shape: [64, 32, 32, 3], dtype: 'float32' }, classes: { shape: [64], dtype: 'int32' } }, process.argv[3] === 'bf16' ? 'bf16' : 'float32');
const g = signatureGraph(traced, 'f0/');
const w = writeGraph(traced.graph.nodes.filter((n) => n.op === 'AssignVariableOp' || n.op === 'Identity'), 'f0/');
const byTensor = new Map<string, { dtype: string; shape: readonly number[]; node: any }>();
for (const n of traced.graph.nodes) for (const v of n.outputs) byTensor.set(w.tensorOf(v), v);
for (const n of w.nodes) if (n.op === 'PartitionedCall') {}
const groups = new Map<string, { count: number; node: any; inputs: any[] }>();
for (const n of w.nodes) {
  if (['Placeholder', 'Const', 'ReadVariableOp', 'VarHandleOp', 'AssignVariableOp', 'Identity', 'Reshape'].includes(n.op)) continue;
  const inputs = n.inputs.filter((i) => !i.startsWith('^')).map((i) => byTensor.get(i));
  if (inputs.some((i) => i === undefined)) { console.log('?', n.name, n.inputs); continue; }
  const key = n.op + JSON.stringify(n.attributes, (k, v) => (v?.values ? '' : v)) + inputs.map((i) => i!.dtype + '[' + i!.shape + ']').join();
  const known = groups.get(key);
  if (known) known.count += 1; else groups.set(key, { count: 1, node: n, inputs });
}
const rows: { total: number; cpu: number; each: number; text: string }[] = [];
for (const { count, node, inputs } of groups.values()) {
  const nodes: any[] = []; const ins: any = {}; const given: any = {};
  const names = inputs.map((v: any, i: number) => {
    const source = v.node?.op === 'Const' ? v.node : undefined;
    if (source) { nodes.push({ name: `c${i}`, op: 'Const', inputs: [], attributes: source.attributes }); return `c${i}:0`; }
    const dt = v.dtype === 'bfloat16' ? 'float32' : v.dtype;
    nodes.push({ name: `p${i}`, op: 'Placeholder', inputs: [], attributes: { dtype: { type: dt }, shape: { shape: v.shape } } });
    nodes.push({ name: `h${i}`, op: 'VarHandleOp', inputs: [], attributes: { container: { text: '' }, shared_name: { text: `v${i}` }, dtype: { type: v.dtype }, shape: { shape: v.shape } } });
    let value = `p${i}`;
    if (v.dtype === 'bfloat16') { nodes.push({ name: `k${i}`, op: 'Cast', inputs: [`p${i}`], attributes: { SrcT: { type: 'float32' }, DstT: { type: 'bfloat16' } } }); value = `k${i}`; }
    nodes.push({ name: `a${i}`, op: 'AssignVariableOp', inputs: [`h${i}`, value], attributes: { dtype: { type: v.dtype } } });
    nodes.push({ name: `r${i}`, op: 'ReadVariableOp', inputs: [`h${i}`], attributes: { dtype: { type: v.dtype } } });
    ins[`i${i}`] = { tensor: `p${i}:0`, dtype: dt, shape: v.shape };
    given[`i${i}`] = dt === 'int32' ? tf.zeros(v.shape, 'int32') : tf.randomNormal(v.shape, 0, 1);
    return `r${i}:0`;
  });
  nodes.push({ ...node, name: 'it', inputs: names });
  const outDtype = node.op === 'PartitionedCall' ? node.attributes.Tout.types[0] : (node.attributes.T?.type ?? 'float32');
  nodes.push({ name: 'ho', op: 'VarHandleOp', inputs: [], attributes: { container: { text: '' }, shared_name: { text: 'out' }, dtype: { type: outDtype }, shape: { shape: byTensor.get(node.name + ':0')!.shape } } });
  nodes.push({ name: 'keep', op: 'AssignVariableOp', inputs: ['ho', 'it:0'], attributes: { dtype: { type: outDtype } } });
  nodes.push({ name: 'zero', op: 'Const', inputs: [], attributes: { dtype: { type: 'float32' }, value: { tensor: { dtype: 'float32', shape: [], values: Float32Array.of(0) } } } });
  nodes.push({ name: 'set', op: 'Identity', inputs: ['zero', ...Object.keys(given).map((k) => '^a' + k.slice(1))], attributes: { T: { type: 'float32' } } });
  nodes.push({ name: 'ran', op: 'Identity', inputs: ['zero', '^keep'], attributes: { T: { type: 'float32' } } });
  try {
    const s = openSession({ nodes, functions: w.functions as never, signatures: { set: { inputs: ins, outputs: { o: { tensor: 'set:0', dtype: 'float32', shape: [] } } }, f: { inputs: {}, outputs: { o: { tensor: 'ran:0', dtype: 'float32', shape: [] } } } } });
    tf.dispose(s.run('set', given)); tf.dispose(given);
    for (let i = 0; i < 3; i++) tf.dispose(s.run('f', {}));
    const times: number[] = []; const c0 = process.cpuUsage(); let n = 0;
    for (const end = performance.now() + 60; n < 4 || (performance.now() < end && n < 200); n++) { const t = performance.now(); tf.dispose(s.run('f', {})); times.push(performance.now() - t); }
    const c = process.cpuUsage(c0);
    times.sort((a, b) => a - b);
    const each = times[0]!;
    const out = node.op === 'PartitionedCall' ? w.functions.find((f) => f.name === node.attributes.f.function)!.nodes.filter((x) => x.op !== 'Const').map((x) => x.op).join(' ') : '';
    rows.push({ each, total: each * count, cpu: ((c.user + c.system) / 1000 / n) * count, text: `${count} x ${each.toFixed(2)} ${node.op} ${inputs.filter((i: any) => i.node?.op !== 'Const').map((i: any) => (i.dtype === 'bfloat16' ? 'b' : i.dtype[0]) + '[' + i.shape + ']').join(' ')} ${out.slice(0, 150)}` });
    s.dispose();
  } catch (e) { console.log('failed', node.op, String(e).slice(0, 200)); }
}
rows.sort((a, b) => b.total - a.total);
console.log('sum min', rows.reduce((s, r) => s + r.total, 0).toFixed(0), 'sum cpu', rows.reduce((s, r) => s + r.cpu, 0).toFixed(0));
for (const r of rows.slice(0, Number(process.argv[5] ?? 34))) console.log(r.total.toFixed(1).padStart(7), r.cpu.toFixed(1).padStart(7), r.text);
