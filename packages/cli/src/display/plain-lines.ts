import { measureSpeed } from '../run/speed.js';
import type { Display } from './display.js';
import { endLines } from './end-lines.js';
import { evaluationText, stepText } from './metrics-text.js';
import { durationText } from './number-text.js';
import { headerLines, type RunFacts } from './run-facts.js';

/** Shows a training as lines of text: for logs and pipes. */
export function plainLines(print: (line: string) => void): Display {
  const speed = measureSpeed(50);
  let facts: RunFacts | undefined;
  return {
    begin: (begun) => {
      facts = begun;
      for (const line of headerLines(begun)) print(line);
    },
    callback: {
      onStep: (report) => {
        speed.add(report);
        if (facts === undefined || report.step % facts.config.run.logInterval !== 0) return;
        const left = durationText((facts.steps - report.step) * speed.secondsPerStep());
        print(
          `step ${report.step}/${facts.steps}: ${stepText(report.metrics)}, ${speed.imagesPerSecond().toFixed(0)} images/s, ${left} left`,
        );
      },
      onEvaluation: ({ epoch, metrics, best }) =>
        print(
          `epoch ${epoch}: ${evaluationText(metrics, facts?.chance ?? {})}${best ? ', best so far' : ''}`,
        ),
    },
    note: print,
    end: (result) => endLines(result).forEach(print),
    close: () => {},
  };
}
