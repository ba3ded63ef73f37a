import { parseArgs } from 'node:util';
import { gatherVariables } from '@whereabouts/layers';
import {
  adamW,
  compiledExecutor,
  type Executor,
  eagerExecutor,
  trainingStep,
  weightScalars,
} from '@whereabouts/trainer';
import { oursObjective } from '../ours-objective.js';
import { readStart } from '../start-file.js';
import { openEngine, readTask, serve } from './serve.js';

const executors: Readonly<Record<string, () => Executor>> = {
  eager: eagerExecutor,
  'compiled-float32': () => compiledExecutor({ precision: 'float32' }),
  'compiled-bf16': () => compiledExecutor({ precision: 'bf16' }),
};

const { setting, labels, start } = readTask();
const { values } = parseArgs({ options: { executor: { type: 'string' } }, strict: false });

await serve(async () => {
  const makeExecutor = executors[String(values.executor)];
  if (makeExecutor === undefined)
    throw new Error(`--executor ${values.executor}: expected ${Object.keys(executors).join(', ')}.`);
  const engine = await openEngine(setting);
  const { batch } = await readStart(start);
  const objective = oursObjective(setting.model, labels);
  const { learningRate, weightDecay, clipNorm } = setting.training;
  const optimiser = adamW({ ...objective, weightDecay });
  const weights = weightScalars(objective.weights);
  return {
    engine,
    prepare: async () => {
      const program = await makeExecutor().prepare(
        { train: trainingStep({ objective, optimiser, clipNorm }) },
        gatherVariables({ model: objective, optimiser: { variables: optimiser.state } }),
      );
      let step = 0;
      return async () => {
        const scalars = { learningRate, ...optimiser.scalars(step), ...weights };
        const { loss = Number.NaN } = await program.run('train', { batch, scalars, seed: 0, step });
        step += 1;
        return loss;
      };
    },
  };
});
