import type { Value } from '../graph/graph.js';
import { recordFloating } from './cast.js';
import { commonDtype, recordPair, recordSelect } from './elementwise.js';
import type { Kernel, Kernels } from './kernel.js';

const comparison = (op: string): Kernel => ({
  record: ({ graph, inputs }) => {
    const { a, b } = inputs as { a: Value; b: Value };
    return recordPair(graph, op, a, b, 'bool', { T: { type: commonDtype(a, b) } });
  },
});

const logical = (op: string): Kernel => ({
  record: ({ graph, inputs }) => recordPair(graph, op, inputs.a as Value, inputs.b as Value, 'bool', {}),
});

const test = (op: string): Kernel => ({
  record: ({ graph, inputs }) => {
    const x = recordFloating(graph, inputs.x as Value);
    return graph.value(op, [x], { dtype: 'bool', shape: x.shape }, { T: { type: x.dtype } });
  },
});

/** Conditions and what depends on them. */
export const comparisons: Kernels = {
  Equal: comparison('Equal'),
  NotEqual: comparison('NotEqual'),
  Greater: comparison('Greater'),
  GreaterEqual: comparison('GreaterEqual'),
  Less: comparison('Less'),
  LessEqual: comparison('LessEqual'),
  LogicalAnd: logical('LogicalAnd'),
  LogicalOr: logical('LogicalOr'),
  LogicalNot: {
    record: ({ graph, inputs }) => {
      const x = inputs.x as Value;
      return graph.value('LogicalNot', [x], x);
    },
  },
  IsNan: test('IsNan'),
  IsInf: test('IsInf'),
  IsFinite: test('IsFinite'),
  Select: {
    record: ({ graph, inputs }) => {
      const { condition, t, e } = inputs as { condition: Value; t: Value; e: Value };
      return recordSelect(graph, condition, t, e);
    },
  },
};
