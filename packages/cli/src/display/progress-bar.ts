import cliProgress from 'cli-progress';
import { measureSpeed } from '../run/speed.js';
import type { Display } from './display.js';
import { endLines } from './end-lines.js';
import { evaluationText, stepText } from './metrics-text.js';
import { durationText } from './number-text.js';
import { headerLines, type RunFacts } from './run-facts.js';

/** Shows a training as a live bar below the lines of its evaluations: for terminals. */
export function progressBar(stream: NodeJS.WritableStream): Display {
  const bar = new cliProgress.SingleBar({
    stream,
    format: '[{bar}] {value}/{total}  {speed}  {left}  {terms}',
    barsize: 20,
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
  });
  const speed = measureSpeed(20);
  const waiting = { speed: '', left: '', terms: 'first step ...' };
  let facts: RunFacts | undefined;
  let step = 0;
  let shown: Record<string, string> = waiting;

  const start = () => {
    if (facts !== undefined) bar.start(facts.steps, step, shown);
  };
  const note = (line: string) => {
    bar.stop();
    stream.write(`${line}\n`);
    start();
  };
  const close = () => {
    facts = undefined;
    bar.stop();
  };
  return {
    begin: (begun) => {
      facts = begun;
      step = begun.step;
      for (const line of headerLines(begun)) stream.write(`${line}\n`);
      start();
    },
    callback: {
      onStep: (report) => {
        speed.add(report);
        step = report.step;
        shown = {
          speed: `${speed.imagesPerSecond().toFixed(0)} images/s`,
          left: `${durationText(((facts?.steps ?? step) - step) * speed.secondsPerStep())} left`,
          terms: stepText(report.metrics),
        };
        bar.update(step, shown);
      },
      onEvaluation: ({ epoch, metrics, best }) =>
        note(`epoch ${epoch}: ${evaluationText(metrics, facts?.chance ?? {})}${best ? ', best so far' : ''}`),
    },
    note,
    end: (result) => {
      close();
      for (const line of endLines(result)) stream.write(`${line}\n`);
    },
    close,
  };
}
