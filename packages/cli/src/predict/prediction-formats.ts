import { percentText } from '../display/number-text.js';
import type { TrainedModel } from '../run/open-trained-model.js';
import type { UnreadablePicture } from './picture-batches.js';
import type { Prediction } from './predict-pictures.js';

/** Writes predictions down as they come. */
export interface PredictionFormat {
  readonly add: (predictions: readonly Prediction[]) => void;
  readonly end: (unreadable: readonly UnreadablePicture[]) => void;
}

type MakeFormat = (
  model: Pick<TrainedModel, 'checkpoint' | 'step' | 'classes'>,
  print: (line: string) => void,
) => PredictionFormat;

/** How predictions can be written. */
export const predictionFormats: Readonly<Record<'lines' | 'csv' | 'json', MakeFormat>> = {
  lines: (_, print) => ({
    add: (predictions) => {
      for (const { file, classes } of predictions)
        print(
          `${file}  ${classes.map(({ class: name, probability }) => `${name} ${percentText(probability)}`).join(', ')}`,
        );
    },
    end: () => {},
  }),
  csv: (_, print) => {
    print('file,rank,class,probability');
    return {
      add: (predictions) => {
        for (const { file, classes } of predictions)
          for (const [rank, { class: name, probability }] of classes.entries())
            print([csvCell(file), rank + 1, csvCell(name), probability].join(','));
      },
      end: () => {},
    };
  },
  json: ({ checkpoint, step, classes }, print) => {
    const all: Prediction[] = [];
    return {
      add: (predictions) => void all.push(...predictions),
      end: (unreadable) =>
        print(JSON.stringify({ checkpoint, step, classes, predictions: all, unreadable }, undefined, 2)),
    };
  },
};

/** A cell of a CSV table (RFC 4180): in quotes where it holds what ends a cell. */
function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
