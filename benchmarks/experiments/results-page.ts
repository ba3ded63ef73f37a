import type { Experiment, Measurement, Variant } from './experiment.js';
import { plannedCommands } from './planned-commands.js';
import type { Repetition, Results } from './results.js';
import { deviation, halfInterval, mean } from './statistics.js';

/**
 * The page of all results, in Markdown. Everything in it is computed from the results, but for what an experiment says of itself.
 *
 * @param found an experiment and what is known of its runs
 */
export function resultsPage(found: readonly { experiment: Experiment; results: Results }[]): string {
  return [
    '# Results',
    '',
    'Written by `npx --yes pnpm@12.21.0 results` from `benchmarks/experiments/results`, which has every run that was started; how they are made and repeated: [benchmarks/experiments](../benchmarks/experiments/README.md).',
    '',
    "Accuracies are in percent: mean ± standard deviation over seeds. Differences are paired by seed, with a 95 % confidence interval by Student's t; an interval that holds 0 shows no effect. With one seed there is neither. Nothing was chosen by looking at the pictures that it is judged by: the last weights count, and no setting was tuned.",
    ...found.flatMap(({ experiment, results }) => ['', ...section(experiment, results)]),
    '',
  ].join('\n');
}

function section(experiment: Experiment, { runs }: Results): readonly string[] {
  const { title, question, deviations, reading, variants, seeds } = experiment;
  const planned = runs.filter(({ variant }) => variants.some(({ name }) => name === variant));
  const finished = planned.filter(({ state }) => state === 'finished');
  const count = (state: Repetition['state']) => planned.filter((run) => run.state === state).length;
  return [
    `## ${title}`,
    '',
    question,
    '',
    ...(finished.length === 0 ? [] : [...table(experiment, finished), '']),
    `${reading ?? 'Not read yet: too few runs are finished.'}`,
    '',
    `What differs from the paper: ${deviations}`,
    '',
    `Runs: ${finished.length} finished, ${count('started')} begun, ${count('failed')} failed, of ${variants.length * seeds.length} planned. ${machines(finished)}`.trim(),
    ...others(experiment, runs),
    ...command(experiment),
  ];
}

function table({ variants, measurements }: Experiment, runs: readonly Repetition[]): readonly string[] {
  const [first] = measurements;
  const head = [
    '',
    'seeds',
    ...measurements.map(({ title }) => title),
    `difference in ${first.title}`,
    'minutes',
  ];
  const rows = variants.flatMap((variant) => {
    const own = runs.filter((run) => run.variant === variant.name);
    if (own.length === 0) return [];
    return [
      [
        variant.name,
        own.map(({ seed }) => seed).join(', '),
        ...measurements.map((measurement) => spread(own.flatMap((run) => measuredIn(run, measurement)))),
        difference(variant, { runs, own, measurement: first }),
        mean(own.map(minutes)).toFixed(1),
      ],
    ];
  });
  return [row(head), row(head.map(() => '---')), ...rows.map(row)];
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const percent = (share: number): string => (100 * share).toFixed(1);

function spread(values: readonly number[]): string {
  if (values.length === 0) return '-';
  return values.length === 1
    ? percent(mean(values))
    : `${percent(mean(values))} ± ${percent(deviation(values))}`;
}

function difference(
  { against }: Variant,
  {
    runs,
    own,
    measurement,
  }: { runs: readonly Repetition[]; own: readonly Repetition[]; measurement: Measurement },
): string {
  if (against === undefined) return 'baseline';
  const pairs = own.flatMap((run) => {
    const other = runs.find(({ variant, seed }) => variant === against && seed === run.seed);
    const [value] = measuredIn(run, measurement);
    const [base] = other === undefined ? [] : measuredIn(other, measurement);
    return value === undefined || base === undefined ? [] : [value - base];
  });
  if (pairs.length === 0) return '-';
  const centre = `${mean(pairs) < 0 ? '' : '+'}${percent(mean(pairs))}`;
  if (pairs.length === 1) return centre;
  const half = halfInterval(pairs);
  return `${centre} (${percent(mean(pairs) - half)} to ${percent(mean(pairs) + half)})`;
}

function measuredIn({ measured }: Repetition, { stage, path }: Measurement): readonly number[] {
  const value = measured[stage]?.[path.join(' ')];
  return value === undefined ? [] : [value];
}

const minutes = ({ seconds }: Repetition): number =>
  Object.values(seconds).reduce((sum, value) => sum + value, 0) / 60;

function machines(runs: readonly Repetition[]): string {
  const names = new Set(
    runs.map(({ machine }) => `${machine.processor}, ${machine.device}, ${machine.threads} threads`),
  );
  return names.size === 0 ? '' : `On: ${[...names].join('; ')}.`;
}

function others({ variants }: Experiment, runs: readonly Repetition[]): readonly string[] {
  const strays = runs.filter(({ variant }) => !variants.some(({ name }) => name === variant));
  return strays.length === 0
    ? []
    : [
        '',
        'Runs outside of the plan:',
        ...strays.map((run) => `- ${run.variant}, seed ${run.seed}: ${told(run)}`),
      ];
}

const told = ({ state, measured }: Repetition): string =>
  `${state}${state === 'finished' ? ` ${JSON.stringify(measured)}` : ''}`;

function command({ variants, name }: Experiment): readonly string[] {
  const [first] = variants;
  if (first === undefined) return [];
  return [
    '',
    `\`npx --yes pnpm@12.21.0 experiments ${name}\` runs for each variant and seed (here "${first.name}", seed 1):`,
    '',
    '```sh',
    ...Object.values(plannedCommands(first, 1)),
    '```',
  ];
}
