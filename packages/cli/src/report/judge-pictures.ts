import type { Batches } from '@whereabouts/data';
import type { HostTensor, StageSpec } from '@whereabouts/layers';
import { assignCells } from '@whereabouts/position-labels';
import type { AttentionMap, FeatureMap, Judgement, Puzzle } from '@whereabouts/report';
import type { TrainedModel } from '../run/open-trained-model.js';
import { askModel } from './ask-model.js';
import { attentionMaps } from './attention-maps.js';
import { countAnswers, type WrongAnswer } from './count-answers.js';
import { countPlaces } from './count-places.js';
import { featureMaps } from './feature-maps.js';
import { type Pixels, pictureUri, pixelsOf } from './picture-uri.js';
import { putTogether } from './put-together.js';

const puzzleCount = 4;
const mistakeCount = 8;
const mapCount = 4;

/** Shows a model pictures, op by op, and counts what it says of their classes and of the places of their patches. */
export async function judgePictures(
  model: TrainedModel,
  judged: Batches,
): Promise<Omit<Judgement, 'split' | 'step'>> {
  const { normalisation, classes: names } = model;
  const absolute = model.heads.absolute;
  const { grid } = model.backbone.spec.stages.at(absolute?.needs.stage ?? -1) as StageSpec;
  const answers = countAnswers(names.length);
  const places = countPlaces(grid);
  const puzzles: Puzzle[] = [];
  let worst: (WrongAnswer & { readonly pixels: Pixels })[] = []; // the most confident first
  let attention: readonly AttentionMap[] | undefined;
  let features: readonly FeatureMap[] | undefined;
  let [pictures, told] = [0, 0];

  for await (const { images, classes } of judged.epoch(0)) {
    const batch = images as HostTensor;
    const said = await askModel(model, batch);
    const shown = firstOf(batch, mapCount);
    features ??= await featureMaps(model.own.backbone, shown, normalisation);
    if (model.own.vit !== undefined) attention ??= await attentionMaps(model.own.vit, shown, normalisation);
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

/** The first pictures of a batch, or all of a smaller one. */
function firstOf({ shape: [pictures = 0, ...shape], dtype, values }: HostTensor, count: number): HostTensor {
  const kept = Math.min(count, pictures);
  return { shape: [kept, ...shape], dtype, values: values.slice(0, (kept * values.length) / pictures) };
}
