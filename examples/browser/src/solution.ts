import { assignCells } from '@whereabouts/position-labels';

/** A shuffled picture and what the model says of it. Pieces are numbered by the place where they lie shuffled. */
export interface Solution {
  /** By piece: the cell that it was cut from. */
  readonly order: readonly number[];
  /** By piece, then by cell. */
  readonly logits: readonly (readonly number[])[];
  /** By piece, then by cell: how likely the model thinks it. */
  readonly probabilities: readonly (readonly number[])[];
  /** By piece: the cell that it gets, each cell once. */
  readonly assigned: readonly number[];
  /** How many pieces lie in their own cell. */
  readonly right: number;
}

/** Gives each piece a cell by what the model said. */
export function solution(order: readonly number[], logits: readonly (readonly number[])[]): Solution {
  const assigned = assignCells(logits);
  return {
    order,
    logits,
    probabilities: logits.map(softmax),
    assigned,
    right: assigned.filter((cell, piece) => cell === order[piece]).length,
  };
}

function softmax(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
