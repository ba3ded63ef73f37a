import * as tf from '@tensorflow/tfjs-core';
import { evaluationPass, trainingPass, type Variables } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';
import type { Specimen } from '../specimen.js';

/** Every variable lies under one path, and stays what it is. */
export function variablesByPath(specimen: Specimen): void {
  const before = specimen.variables();
  eachUnderOnePath(before);
  tf.tidy(() => void specimen.run(trainingPass({ seed: 0, step: 0 })));
  tf.tidy(() => void specimen.run(evaluationPass()));
  staysTheSame(before, specimen.variables());
}

function eachUnderOnePath(variables: Variables): void {
  const promise = 'variables are a record of tf.Variables, each under one path';
  const paths = new Map<tf.Variable, string>();
  for (const [path, variable] of Object.entries(variables)) {
    if (!/^[^.\s]+(\.[^.\s]+)*$/.test(path))
      throw brokenPromise(promise, 'paths such as "blocks.0.norm1.weight"', `"${path}"`);
    if (!(variable instanceof tf.Variable) || variable.isDisposed)
      throw brokenPromise(promise, `a living tf.Variable at "${path}"`, 'something else');
    const other = paths.get(variable);
    if (other !== undefined)
      throw brokenPromise(promise, 'each variable once', `the same one at "${other}" and at "${path}"`);
    paths.set(variable, path);
  }
}

function staysTheSame(before: Variables, after: Variables): void {
  const promise = 'variables stay the same objects';
  const expected = 'the record of before a pass after it, too';
  for (const path of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (before[path] !== after[path]) throw brokenPromise(promise, expected, `another variable at "${path}"`);
    if (after[path]?.isDisposed === true)
      throw brokenPromise(promise, expected, `the variable at "${path}" disposed`);
  }
}
