import * as tf from '@tensorflow/tfjs-core';
import { stream } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import type { FeatureTable } from './feature-table.js';
import { weightedKnn } from './weighted-knn.js';

function randomTable(name: string, length: number, channels: number, classes: number): FeatureTable {
  const random = stream(3, name);
  return {
    length,
    channels,
    values: Float32Array.from({ length: length * channels }, () => random.normal()),
    classes: Int32Array.from({ length }, () => random.integer(classes)),
  };
}

/** The definition, picture by picture, on the host. */
function byDefinition(known: FeatureTable, asked: FeatureTable, neighbours: number, temperature: number) {
  const rowOf = ({ values, channels }: FeatureTable, row: number) => {
    const numbers = Array.from(values.subarray(row * channels, (row + 1) * channels));
    const length = Math.hypot(...numbers);
    return numbers.map((value) => value / length);
  };
  return Array.from({ length: asked.length }, (_, row) => {
    const vector = rowOf(asked, row);
    const similarities = Array.from({ length: known.length }, (__, other) => ({
      similarity: rowOf(known, other).reduce((sum, value, at) => sum + value * (vector[at] ?? 0), 0),
      voter: known.classes[other] ?? 0,
    })).sort((a, b) => b.similarity - a.similarity);
    const votes = [0, 0, 0, 0, 0];
    for (const { similarity, voter } of similarities.slice(0, neighbours))
      votes[voter] = (votes[voter] ?? 0) + Math.exp(similarity / temperature);
    return votes.indexOf(Math.max(...votes));
  });
}

describe('weightedKnn', () => {
  it.each([
    [1, 0.07],
    [5, 0.07],
    [20, 1],
    [500, 0.2],
  ])('votes as defined with %i neighbours at temperature %f', (neighbours, temperature) => {
    const [known, asked] = [randomTable('known', 60, 6, 5), randomTable('asked', 40, 6, 5)];
    const before = tf.memory().numTensors;
    const { accuracy, predictions } = weightedKnn({ known, asked, neighbours, temperature });
    const expected = byDefinition(known, asked, neighbours, temperature);
    expect(Array.from(predictions)).toEqual(expected);
    const right = expected.filter((guess, index) => guess === asked.classes[index]).length;
    expect(accuracy).toBeCloseTo(right / 40, 12);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('tells a picture by itself', () => {
    const table = randomTable('known', 30, 4, 5);
    expect(weightedKnn({ known: table, asked: table, neighbours: 1 }).accuracy).toBe(1);
  });

  it('says what it cannot compare', () => {
    const table = randomTable('known', 3, 4, 2);
    const empty = randomTable('none', 0, 4, 2);
    expect(() => weightedKnn({ known: empty, asked: table })).toThrow('there are 0 known and 3 asked for');
    expect(() => weightedKnn({ known: table, asked: randomTable('wide', 3, 5, 2) })).toThrow(
      '4 and 5 channels',
    );
    expect(() => weightedKnn({ known: table, asked: table, neighbours: 0 })).toThrow('neighbours is 0');
    expect(() => weightedKnn({ known: table, asked: table, temperature: 0 })).toThrow('temperature is 0');
  });
});
