import type { Display } from './display.js';

/** Shows a training as events for programs: one line of JSON each, named by its `event`. */
export function jsonLines(print: (line: string) => void): Display {
  const tell = (event: string, facts: object) => print(JSON.stringify({ event, ...facts }));
  return {
    begin: (facts) => tell('start', facts),
    callback: {
      onStep: (report) => tell('step', report),
      onEvaluation: (report) => tell('evaluation', report),
      onCheckpoint: (report) => tell('checkpoint', report),
    },
    note: (text) => tell('note', { text }),
    end: (result) => tell('end', result),
    close: () => {},
  };
}
