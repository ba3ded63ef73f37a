import * as tf from '@tensorflow/tfjs-core';
import {
  classification,
  disposeVariables,
  distillation,
  type HostBatch,
  predictor,
  softDistillation,
  stream,
  type Teacher,
} from '@whereabouts/layers';
import {
  adamW,
  compiledExecutor,
  type Executor,
  eagerExecutor,
  evaluationStep,
  joint,
  trainingStep,
} from '@whereabouts/trainer';
import { describe, expect, inject, it } from 'vitest';
import { vit } from './vit.js';

const size = { imageSize: 8, patchSize: 2, channels: 12, depth: 2, heads: 2 };
const classes = 3;

/** Pictures of noise, each with a class. */
function batchOf(index: number): HostBatch {
  const random = stream(5, 'noise', index);
  return {
    images: {
      shape: [6, 8, 8, 3],
      dtype: 'float32',
      values: Float32Array.from({ length: 6 * 192 }, random.normal),
    },
    classes: {
      shape: [6],
      dtype: 'int32',
      values: Int32Array.from({ length: 6 }, () => random.integer(classes)),
    },
  };
}

/** A teacher of another width than the student's, that has opinions. */
function makeTeacher() {
  const backbone = vit({ ...size, channels: 8, dropPath: 0.5, seed: 9 });
  const teacher: Teacher = predictor(backbone, classification({ spec: backbone.spec, classes, seed: 9 }));
  teacher.variables['head.weight']?.assign(
    tf.tidy(() => tf.mul(teacher.variables['head.weight'] as tf.Tensor, 30)),
  );
  return teacher;
}

/** A student with everything new, that learns from a teacher. */
function makeStudent(teacher: Teacher) {
  const backbone = vit({
    ...size,
    distillationToken: true,
    registers: 2,
    layerScale: 0.1,
    positionEncoding: 'conditional',
    dropPath: 0.2,
    seed: 1,
  });
  const head = distillation({
    spec: backbone.spec,
    classes,
    teacher,
    loss: softDistillation(),
    alpha: 0.5,
    smoothing: 0.1,
  });
  return joint(backbone, { classes: head });
}

/** Trains some steps on one batch after another; a last evaluation. */
async function follow(executor: Executor, steps: number, between?: (teacher: Teacher) => void) {
  const teacher = makeTeacher();
  const objective = makeStudent(teacher);
  const optimiser = adamW({ ...objective, weightDecay: 0.05 });
  const program = await executor.prepare(
    { train: trainingStep({ objective, optimiser }), evaluate: evaluationStep(objective) },
    { ...objective.variables, ...optimiser.state },
  );
  const told = async () => Array.from(await (teacher.variables['head.weight'] as tf.Variable).data());
  const before = await told();
  const losses: number[] = [];
  for (let step = 0; step < steps; step += 1) {
    if (step === steps - 1 && between !== undefined) {
      await program.pull();
      between(teacher);
      await program.push();
    }
    const scalars = { learningRate: 0.01, 'weights.classes': 1, ...optimiser.scalars(step) };
    const { loss } = await program.run('train', { batch: batchOf(step), scalars, seed: 1, step });
    losses.push(loss ?? Number.NaN);
  }
  const evaluated = await program.run('evaluate', {
    batch: batchOf(100),
    scalars: { 'weights.classes': 1 },
    seed: 0,
    step: 0,
  });
  await program.pull();
  const frozen = JSON.stringify(await told()) === JSON.stringify(before);
  program.dispose();
  for (const variables of [objective.variables, optimiser.state, teacher.variables])
    disposeVariables(variables);
  return { losses, evaluated, frozen };
}

describe('training a student', () => {
  it('leaves the teacher as it is, and evaluates without it', async () => {
    const { losses, evaluated, frozen } = await follow(eagerExecutor(), 3);
    expect(frozen).toBe(true);
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(Object.keys(evaluated)).toEqual(['loss', 'classes.loss', 'classes.accuracy']);
  });

  it('brings its distilled vector to what the teacher says', async () => {
    const teacher = makeTeacher();
    const objective = makeStudent(teacher);
    const optimiser = adamW({ ...objective });
    const program = await eagerExecutor().prepare(
      { train: trainingStep({ objective, optimiser }) },
      objective.variables,
    );
    const losses: number[] = [];
    for (let step = 0; step < 40; step += 1) {
      const scalars = { learningRate: 0.01, 'weights.classes': 1, ...optimiser.scalars(step) };
      losses.push(
        (await program.run('train', { batch: batchOf(0), scalars, seed: 1, step })).loss ?? Number.NaN,
      );
    }
    expect(losses.at(-1)).toBeLessThan(0.6 * (losses[0] ?? 0));
    for (const variables of [objective.variables, optimiser.state, teacher.variables])
      disposeVariables(variables);
  });
});

describe.runIf(inject('engine') === 'tensorflow')('a compiled student', () => {
  it('has the losses of one that runs op by op', async () => {
    const eager = await follow(eagerExecutor(), 6);
    const compiled = await follow(compiledExecutor(), 6);
    expect(compiled.frozen).toBe(true);
    for (const [step, loss] of eager.losses.entries())
      expect(Math.abs((compiled.losses[step] ?? Number.NaN) / loss - 1), `step ${step}`).toBeLessThan(1e-4);
    expect(Math.abs((compiled.evaluated.loss ?? Number.NaN) / (eager.evaluated.loss ?? 0) - 1)).toBeLessThan(
      1e-4,
    );
  });

  it('reads the variables of its teacher, which are no constants of the graph', async () => {
    const silence = (teacher: Teacher) => {
      for (const value of Object.values(teacher.variables)) value.assign(tf.zerosLike(value));
    };
    const [as, silenced, eager] = [
      await follow(compiledExecutor(), 3),
      await follow(compiledExecutor(), 3, silence),
      await follow(eagerExecutor(), 3, silence),
    ];
    expect(silenced.losses.slice(0, 2)).toEqual(as.losses.slice(0, 2));
    expect(silenced.losses[2]).not.toBe(as.losses[2]);
    expect(Math.abs((silenced.losses[2] ?? Number.NaN) / (eager.losses[2] ?? 0) - 1)).toBeLessThan(1e-4);
  });
});
