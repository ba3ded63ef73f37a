import type { Attributes, HostConstant } from './attribute.js';
import type { Dtype, HostValues } from './dtype.js';
import { sizeOf } from './shape.js';

/** One result of a node: `shape dtype`. */
export interface Value {
  readonly node: GraphNode;
  /** Which of the node's outputs. */
  readonly index: number;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
}

/** One TensorFlow operation of a graph. */
export interface GraphNode {
  /** Counts from 0 in the order of recording, which is an order in which nodes can run. */
  readonly id: number;
  /** TensorFlow's name of the operation, such as `AddV2`. */
  readonly op: string;
  readonly inputs: readonly Value[];
  /** Nodes that must have run before, besides those of the inputs. */
  readonly after: readonly GraphNode[];
  readonly attributes: Attributes;
  readonly outputs: readonly Value[];
  /** The innermost marked region that it was recorded in; 0 outside of all. */
  readonly region: number;
  /** Whether it computes anew what was known before, and should do so no earlier than it is needed. */
  readonly delayed: boolean;
}

/** The kind of one output. */
export interface Result {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
}

/** What `add` needs besides operation and inputs. */
export interface NodeOptions {
  readonly attributes?: Attributes;
  readonly outputs: readonly Result[];
  readonly after?: readonly GraphNode[];
  /** True for an operation with an effect or with chance in it, of which two equal ones are still two; false unless given. */
  readonly distinct?: boolean;
}

/** A region that computes anew what another one computed before, instead of having it stored. */
export interface Again {
  /** The region that computed it. What is small there, such as the mean of a row, is taken from it after all. */
  readonly of: number;
  /** What depends on these values is new, and runs as soon as they exist; the rest as late as its users allow. */
  readonly upstream: readonly Value[];
}

/** A graph under construction. Equal nodes of one region are recorded once. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly add: (op: string, inputs: readonly Value[], options: NodeOptions) => GraphNode;
  /** `add` for the many operations of one output. */
  readonly value: (op: string, inputs: readonly Value[], result: Result, attributes?: Attributes) => Value;
  /** A value that is part of the graph. */
  readonly constant: (values: HostValues, shape: readonly number[], dtype: Dtype) => Value;
  /** `[length] int32`, or a scalar for a number: the axes, shapes and sizes that operations want as inputs. */
  readonly integers: (numbers: number | readonly number[]) => Value;
  /** `[] float32` */
  readonly float: (number: number) => Value;
  /** Records what `record` adds as one marked region, whose number it is told. */
  readonly inRegion: <Recorded>(record: (region: number) => Recorded, again?: Again) => Recorded;
}

/** An empty graph. */
export function createGraph(): Graph {
  const nodes: GraphNode[] = [];
  const known = new Map<string, GraphNode>();
  let region = 0;
  let regions = 0;
  let repeated: { of: number; urgent: Set<GraphNode>; twins: Map<GraphNode, GraphNode> } | undefined;

  // The node of the region that is repeated which computed the same.
  const twinOf = (op: string, inputs: readonly Value[], attributes: Attributes): GraphNode | undefined => {
    if (repeated === undefined) return undefined;
    const { of, twins } = repeated;
    const before = inputs.map((input) => twins.get(input.node)?.outputs[input.index] ?? input);
    return known.get(keyOf(of, op, before, attributes, []));
  };

  // Outside of all regions: what a region computed already of the values that it hands over.
  const equalWithin = (
    op: string,
    inputs: readonly Value[],
    attributes: Attributes,
    after: readonly GraphNode[],
  ): GraphNode | undefined => {
    const within = Math.max(0, ...inputs.map(({ node }) => node.region));
    return region === 0 && within > 0 ? known.get(keyOf(within, op, inputs, attributes, after)) : undefined;
  };

  const add: Graph['add'] = (op, inputs, { attributes = {}, outputs, after = [], distinct = false }) => {
    const key = distinct ? '' : keyOf(region, op, inputs, attributes, after);
    const equal = known.get(key) ?? (distinct ? undefined : equalWithin(op, inputs, attributes, after));
    if (equal !== undefined) return equal;
    const twin = distinct ? undefined : twinOf(op, inputs, attributes);
    if (twin !== undefined && inputs.length > 0 && isSmall(twin)) return twin;
    const isUrgent = inputs.some((input) => repeated?.urgent.has(input.node));
    const delayed = repeated !== undefined && !isUrgent;
    const results: Value[] = [];
    const node: GraphNode = {
      id: nodes.length,
      op,
      inputs,
      after,
      attributes,
      outputs: results,
      region,
      delayed,
    };
    for (const [index, { dtype, shape }] of outputs.entries()) results.push({ node, index, dtype, shape });
    nodes.push(node);
    if (isUrgent) repeated?.urgent.add(node);
    if (twin !== undefined) repeated?.twins.set(node, twin);
    if (key !== '') known.set(key, node);
    return node;
  };
  const value: Graph['value'] = (op, inputs, result, attributes = {}) =>
    add(op, inputs, { attributes, outputs: [result] }).outputs[0] as Value;
  const constant: Graph['constant'] = (values, shape, dtype) =>
    value(
      'Const',
      [],
      { dtype, shape },
      { dtype: { type: dtype }, value: { tensor: { dtype, shape, values } } },
    );

  return {
    nodes,
    add,
    value,
    constant,
    integers: (numbers) =>
      typeof numbers === 'number'
        ? constant(Int32Array.of(numbers), [], 'int32')
        : constant(Int32Array.from(numbers), [numbers.length], 'int32'),
    float: (number) => constant(Float32Array.of(number), [], 'float32'),
    inRegion: (record, again) => {
      const outer = { region, repeated };
      regions += 1;
      region = regions;
      repeated =
        again === undefined
          ? undefined
          : { of: again.of, urgent: new Set(again.upstream.map(({ node }) => node)), twins: new Map() };
      try {
        return record(region);
      } finally {
        ({ region, repeated } = outer);
      }
    },
  };
}

/** Whether what a node gives is much smaller than what it takes. */
function isSmall({ inputs, outputs }: GraphNode): boolean {
  const largest = (values: readonly Value[]) => Math.max(0, ...values.map(({ shape }) => sizeOf(shape)));
  return largest(outputs) * 16 <= largest(inputs);
}

function keyOf(
  region: number,
  op: string,
  inputs: readonly Value[],
  attributes: Attributes,
  after: readonly GraphNode[],
): string {
  const from = inputs.map(({ node, index }) => `${node.id}:${index}`).join(',');
  return `${region} ${op}(${from}) ^${after.map(({ id }) => id)} ${attributesKey(attributes)}`;
}

/** Equal for equal attributes, whatever the order of their names. */
export function attributesKey(attributes: Attributes): string {
  const sorted = Object.keys(attributes).sort();
  return sorted.map((name) => `${name}=${attributeKey(attributes[name])}`).join(';');
}

function attributeKey(attribute: Attributes[string] | undefined): string {
  if (attribute === undefined || !('tensor' in attribute)) return JSON.stringify(attribute);
  const { dtype, shape, values }: HostConstant = attribute.tensor;
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return `${dtype}[${shape}]${bytes.toString('latin1')}`;
}
