import * as tf from '@tensorflow/tfjs-core';
import type { Batches } from '@whereabouts/data';
import { evaluationPass, type Features, type HostTensor } from '@whereabouts/layers';
import { assignCells } from '@whereabouts/position-labels';
import type {
  AttentionMap,
  ClassJudgement,
  FeatureMap,
  PositionJudgement,
  Puzzle,
} from '@whereabouts/report';
import type { TrainedModel } from '../run/open-trained-model.js';
import { attentionMaps } from './attention-maps.js';
import { countAnswers, type WrongAnswer } from './count-answers.js';
import { countPlaces } from './count-places.js';
import { featureMaps } from './feature-maps.js';
import { type Pixels, pictureUri, pixelsOf } from './picture-uri.js';
import { putTogether } from './put-together.js';

const puzzleCount = 4;
const mistakeCount = 8;
const mapCount = 4;

/** What a model says of pictures. */
export interface JudgedPictures {
  readonly pictures: number;
  readonly classes?: ClassJudgement;
  readonly positions?: PositionJudgement;
  readonly attention?: readonly AttentionMap[];
  readonly features?: readonly FeatureMap[];
}

/** Shows a model pictures, op by op, and counts what it says of their classes and of the places of their patches. */
export async function judgePictures(model: TrainedModel, judged: Batches): Promise<JudgedPictures> {
  const { normalisation, classes: names } = model;
  const absolute = model.heads.absolute;
  const grid = model.backbone.spec.stages.at(absolute?.needs.stage ?? -1)?.grid ?? { rows: 1, columns: 1 };
  const answers = countAnswers(names.length);
  const places = countPlaces(grid);
  const puzzles: Puzzle[] = [];
  let worst: (WrongAnswer & { readonly pixels: Pixels })[] = []; // the most confident first
  let attention: readonly AttentionMap[] | undefined;
  let features: readonly FeatureMap[] | undefined;
  let [pictures, told] = [0, 0];

  for await (const { images, classes } of judged.epoch(0)) {
    const batch = images as HostTensor;
    const said = await say(model, batch);
    const first = { count: mapCount, normalisation };
    features ??= await featureMaps(model.own.backbone, batch, first);
    if (model.own.vit !== undefined) attention ??= await attentionMaps(model.own.vit, batch, first);
    if (said.probabilities !== undefined && classes !== undefined) {
      const wrong = answers
        .add(said.probabilities, classes.values)
        .map((answer) => ({ ...answer, pixels: pixelsOf(batch, answer.picture, normalisation) }));
      worst = [...worst, ...wrong]
        .sort((one, other) => other.probability - one.probability)
        .slice(0, mistakeCount);
      told += classes.values.length;
    }
    if (said.logits !== undefined) {
      const positions = Array.from(said.positions);
      places.add(positions, said.places);
      const length = positions.length / (batch.shape[0] as number);
      for (let index = 0; puzzles.length < puzzleCount && index < (batch.shape[0] as number); index += 1) {
        const own = positions.slice(index * length, (index + 1) * length);
        const rows = said.logits.slice(index * length, (index + 1) * length);
        puzzles.push(await puzzleOf(pixelsOf(batch, index, normalisation), { grid, positions: own }, rows));
      }
    }
    pictures += batch.shape[0] as number;
  }
  const mistakes = worst.map(async ({ pixels, truth, answer, probability }) => ({
    picture: await pictureUri(pixels),
    ...{ truth: names[truth] as string, answer: names[answer] as string, probability },
  }));
  return {
    pictures,
    ...(told > 0 && {
      classes: { names, confusion: answers.confusion(), mistakes: await Promise.all(mistakes) },
    }),
    ...(attention && { attention }),
    ...(features && { features }),
    ...(puzzles.length > 0 && { positions: { grid, ...places.places(), puzzles } }),
  };
}

async function puzzleOf(
  picture: Pixels,
  { grid, positions }: Omit<Parameters<typeof putTogether>[1], 'places'>,
  logits: readonly (readonly number[])[],
): Promise<Puzzle> {
  const places = assignCells(logits);
  return {
    original: await pictureUri(picture),
    together: await pictureUri(putTogether(picture, { grid, positions, places })),
    right: places.filter((place, token) => place === positions[token]).length,
    patches: positions.length,
  };
}

/** Probabilities of classes, and for each token its position, the place it is given, and the logits of all places. */
async function say({ backbone, classifier, heads }: TrainedModel, { shape, values }: HostTensor) {
  const pass = evaluationPass();
  const { absolute } = heads;
  const said = tf.tidy(() => {
    const features: Features = backbone.apply(tf.tensor<tf.Rank.R4>(values, shape as never), pass);
    const stage = features.stages.at(absolute?.needs.stage ?? -1);
    return {
      ...(classifier && { probabilities: tf.softmax(classifier.apply(features, pass)) }),
      ...(absolute && stage && { logits: absolute.apply(features, pass) as tf.Tensor3D }),
      ...(stage && { positions: stage.positions.clone() }),
    };
  });
  try {
    const logits = await said.logits?.array();
    const rows = logits?.flat();
    return {
      probabilities: await said.probabilities?.data(),
      positions: (await said.positions?.data()) ?? [],
      ...(rows && { logits: rows }),
      places: (rows ?? []).map((row) => row.indexOf(Math.max(...row))),
    };
  } finally {
    tf.dispose(said);
  }
}
