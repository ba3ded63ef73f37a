import type { Tensor4D } from '@tensorflow/tfjs-core';
import { gatherVariables, type Initialise, type Layer, type Random, within } from '@whereabouts/layers';
import { passages } from './passages.js';
import type { StagePlan } from './stage-plan.js';
import { swinBlock } from './swin-block.js';

const straight = { rows: 0, columns: 0 };

/**
 * What leads into a stage, and its blocks, every second with shifted windows:
 * `[batch, rows, columns, channels] float32` of the stage before to those of this one.
 */
export function swinStage(
  plan: StagePlan,
  options: {
    readonly mlpRatio: number;
    readonly qkvBias: boolean;
    readonly relativePositionBias: boolean;
    readonly random: Random;
    readonly initialise?: Initialise;
  },
): Layer<Tensor4D, Tensor4D> {
  const { random, ...rest } = options;
  const initialise = rest.initialise === undefined ? {} : { initialise: rest.initialise };
  const passage = passages[plan.passage]({
    ...initialise,
    channels: plan.channels / 2,
    random: random.fork(plan.passage),
  });
  const blocks = plan.dropPaths.map((dropPath, block) =>
    swinBlock({
      ...rest,
      ...plan,
      shift: block % 2 === 0 ? straight : plan.shift,
      dropPath,
      random: random.fork(`blocks.${block}`),
    }),
  );
  return {
    variables: gatherVariables({
      [plan.passage]: passage,
      ...Object.fromEntries(blocks.map((block, index) => [`blocks.${index}`, block])),
    }),
    apply: (tokens, pass) =>
      blocks.reduce(
        (flow, block, index) => block.apply(flow, within(pass, `blocks.${index}`)),
        passage.apply(tokens),
      ),
  };
}
