import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Backbone, createRandom, type Head, trainingPass } from '../packages/layers/src/index.js';
import { joint } from '../packages/trainer/src/index.js';
import { backbones, heads, imageSize, markdownTable, refusal } from './heads-on-backbones.js';
import { readText } from './packages.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const readme = 'packages/position-labels/README.md';
const { height, width } = imageSize;
const specs = Object.fromEntries(Object.entries(backbones).map(([name, make]) => [name, make().spec]));

/** One training pass: the loss, and how many of all variables have a gradient that isn't zero. */
function train(
  backbone: Backbone,
  head: Head<never, unknown>,
): { loss: number; learning: readonly string[] } {
  const objective = joint(backbone, { head });
  const random = createRandom({ seed: 3, step: 0 });
  const batch = {
    images: random.normal('images', [3, height, width, 3]),
    classes: tf.tensor1d([0, 1, 2], 'int32'),
  };
  for (const [path, variable] of Object.entries(objective.variables))
    variable.assign(tf.add(variable, tf.mul(random.normal(path, variable.shape), 0.1)));
  const { value, grads } = tf.variableGrads(
    () => objective.terms(batch as never, trainingPass({ seed: 1, step: 1 })).head?.loss as tf.Scalar,
    Object.values(objective.variables),
  );
  const learning = Object.entries(objective.variables).flatMap(([path, { name }]) => {
    const gradient = grads[name];
    const largest = gradient === undefined ? 0 : (tf.max(tf.abs(gradient)).dataSync()[0] ?? 0);
    return largest > 0 && Number.isFinite(largest) ? [path] : [];
  });
  return { loss: value.dataSync()[0] ?? Number.NaN, learning };
}

describe.each(Object.keys(backbones))('on the backbone "%s"', (name) => {
  const spec = specs[name];
  const accepted = Object.entries(heads).filter(([, head]) => spec && refusal(head, spec) === undefined);

  it.each(accepted)('the head %s trains, and the backbone through it', (_, make) => {
    tf.tidy(() => {
      const backbone = (backbones[name] as () => Backbone)();
      const head = make(backbone.spec);
      const { loss, learning } = train(backbone, head);
      expect(loss).toBeGreaterThan(0);
      for (const path of Object.keys(head.variables)) expect(learning).toContain(`heads.head.${path}`);
      expect(learning.filter((path) => path.startsWith('backbone.')).length).toBeGreaterThan(5);
    });
  });
});

it('the README shows which head goes on which backbone', () => {
  const rows = Object.entries(specs).map(([name, spec]) => [
    name,
    ...Object.values(heads).map((head) => refusal(head, spec) ?? '✓'),
  ]);
  const titles = Object.keys(heads).map((name) => `\`${name}\``);
  const table = markdownTable([['', ...titles], ...rows]);
  const shown = /<!-- heads on backbones -->\n\n([\s\S]*?)\n\n<!-- end -->/.exec(readText(readme))?.[1];
  expect(shown, `${readme} has to show between its two comments:\n\n${table}\n`).toBe(table);
});
