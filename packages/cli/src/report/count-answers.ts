import type { ClassJudgement } from '@whereabouts/report';

/** An answer that was wrong. */
export interface WrongAnswer {
  /** Of the batch. */
  readonly picture: number;
  readonly truth: number;
  readonly answer: number;
  readonly probability: number;
}

/** Counts answers as batches come. */
export interface AnswerCount {
  /**
   * @param probabilities `[pictures, classes]`, row-major
   * @returns the answers of the batch that are wrong
   */
  readonly add: (probabilities: ArrayLike<number>, truths: ArrayLike<number>) => readonly WrongAnswer[];
  readonly confusion: () => ClassJudgement['confusion'];
}

/** Counts which class was taken for which. */
export function countAnswers(classes: number): AnswerCount {
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  return {
    add: (probabilities, truths) =>
      Array.from(truths).flatMap((truth, picture) => {
        const row = Array.from(
          { length: classes },
          (_, label) => probabilities[picture * classes + label] as number,
        );
        const probability = Math.max(...row);
        const answer = row.indexOf(probability);
        (confusion[truth] as number[])[answer] = (confusion[truth]?.[answer] ?? 0) + 1;
        return answer === truth ? [] : [{ picture, truth, answer, probability }];
      }),
    confusion: () => confusion,
  };
}
