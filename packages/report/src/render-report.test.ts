import { describe, expect, it } from 'vitest';
import { averagePoints } from './average-points.js';
import { differing } from './comparison-table.js';
import { renderReport } from './render-report.js';
import type { RunReport } from './run-report.js';

const evil = '<script>alert(1)</script>';

const run: RunReport = {
  name: 'first',
  series: [
    {
      metric: 'loss',
      of: 'training',
      points: [
        [1, 3],
        [2, 2],
      ],
    },
    { metric: 'loss', of: 'evaluation', points: [[2, 2.5]], chance: 4 },
  ],
  settings: { 'model.depth': '4', 'run.seed': '1' },
  results: { loss: 2.5 },
  environment: { backend: 'wasm' },
};

const picture = 'data:image/png;base64,AAAA';

const judged: RunReport = {
  ...run,
  name: 'judged',
  judgement: {
    ...{ split: 'validation', pictures: 3, step: 2 },
    classes: {
      names: ['blue', evil],
      confusion: [
        [1, 1],
        [0, 1],
      ],
      mistakes: [{ picture, truth: 'blue', answer: evil, probability: 0.9 }],
    },
    positions: {
      grid: { rows: 1, columns: 2 },
      cells: [
        { tokens: 4, right: 3, row: 0, column: 0.25 },
        { tokens: 0, right: 0, row: 0, column: 0 },
      ],
      distances: [3, 1],
      guesses: [0.5, 0.5],
      puzzles: [{ original: picture, together: picture, right: 1, patches: 2 }],
    },
    attention: [{ picture, heads: [picture, picture], rollout: picture }],
    features: [{ picture, components: picture }],
  },
  reconstructions: [picture],
  leftOut: [`Nothing of ${evil}.`],
};

describe('renderReport', () => {
  it('escapes names from data wherever they stand', () => {
    const page = renderReport([
      {
        name: evil,
        series: [{ metric: evil, of: 'training', points: [[1, 1]] }],
        settings: { [evil]: evil },
        results: { [evil]: 1 },
        environment: { [evil]: evil },
      },
    ]);
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('loads nothing', () => {
    expect(renderReport([run, judged])).not.toMatch(/https?:|src="(?!data:)|@import|url\(/);
  });

  it('draws one chart per metric, with the runs in it', () => {
    const page = renderReport([run, { ...run, name: 'second' }]);
    expect(page.match(/<svg/g)).toHaveLength(1);
    expect(page.match(/<path class="training"/g)).toHaveLength(2);
    expect(page.match(/<line class="chance"/g)).toHaveLength(2);
  });

  it('shows what the model says of pictures', () => {
    const page = renderReport([judged]);
    expect(page).not.toContain('<script');
    expect(page).toContain('<title>blue: 1 of 2 taken for &lt;script&gt;');
    expect(page).toContain('<th scope="row">blue</th><td>2</td><td>50.0 %</td><td>100.0 %</td>');
    expect(page).toContain('blue, taken for &lt;script&gt;alert(1)&lt;/script&gt; (90.0 %)');
    expect(page).toContain('<title>row 0, column 0: 75.0 % of 4 tokens right</title>');
    expect(page).toContain('<title>row 0, column 1: no token</title>');
    expect(page).toContain('<title>1 cells off: 25.0 %</title>');
    expect(page).toContain('1 of 2 patches where they belong');
    expect(page.match(/<img src="data:/g)).toHaveLength(10);
    expect(page).toContain('<figcaption>head 2</figcaption>');
    expect(page).toContain('Nothing of &lt;script&gt;');
  });

  it('names the run of each picture where there are several', () => {
    const page = renderReport([run, judged]);
    expect(page).toContain('<h2>Places of judged</h2>');
    expect(page).not.toContain('<h2>Places of first</h2>');
  });

  it('says why a section is missing', () => {
    const page = renderReport([{ ...run, series: [], results: {} }]);
    expect(page).toContain('no evaluation was written down yet');
    expect(page).toContain('no step was written down yet');
  });

  it('draws no path through values that are not finite', () => {
    const series = [
      {
        metric: 'loss',
        of: 'training',
        points: [
          [1, 1],
          [2, Number.NaN],
          [3, 2],
        ],
      },
    ] as const;
    expect(renderReport([{ ...run, series }])).not.toContain('NaN');
  });

  it('needs a run', () => {
    expect(() => renderReport([])).toThrow('at least one');
  });
});

describe('differing', () => {
  it('keeps the settings that are not the same in all runs', () => {
    expect(
      differing([
        { a: '1', b: '2' },
        { a: '1', b: '3', c: '4' },
      ]),
    ).toEqual([{ b: '2' }, { b: '3', c: '4' }]);
  });
});

describe('averagePoints', () => {
  it('takes means of neighbours', () => {
    expect(
      averagePoints(
        [
          [1, 2],
          [2, 4],
          [3, 6],
          [4, 8],
        ],
        2,
      ),
    ).toEqual([
      [1.5, 3],
      [3.5, 7],
    ]);
  });
});
