import { describe, expect, it } from 'vitest';
import { evaluateCommand } from '../commands/evaluate-command.js';
import { trainCommand } from '../commands/train-command.js';
import { readFlags } from './read-flags.js';
import { isUsageError } from './usage-error.js';

const trainFlags = Object.values(trainCommand.flags).flat();
const evaluateFlags = Object.values(evaluateCommand.flags).flat();
const read = (...typed: string[]) => readFlags(typed, trainFlags).values;

const complaintOf = (...typed: string[]): string => {
  try {
    readFlags(typed, trainFlags);
  } catch (error) {
    expect(isUsageError(error)).toBe(true);
    return (error as Error).message;
  }
  return 'no complaint';
};

describe('readFlags', () => {
  it('reads what was given as the type of the flag says, and nothing else', () => {
    expect(read('--data', 'pictures', '--epochs=3', '--lr', '1e-3', '--scale', '0.5,1', '--debug')).toEqual({
      data: 'pictures',
      epochs: 3,
      lr: 1e-3,
      scale: [0.5, 1],
      debug: true,
    });
  });

  it('keeps what is no number for the check that quotes it', () => {
    expect(read('--pairs', 'all', '--epochs', 'ten', '--seed=-1')).toEqual({
      pairs: 'all',
      epochs: 'ten',
      seed: -1,
    });
    expect(read('--absolute', '-1')).toEqual({ absolute: -1 });
  });

  it('gathers what may be given often', () => {
    expect(read('--set', 'a.b=1', '--set=a.b=2')).toEqual({ set: ['a.b=1', 'a.b=2'] });
  });

  it('knows the other names of a flag', () => {
    expect(read('--data-dir', 'pictures')).toEqual({ data: 'pictures' });
  });

  it.each([
    [['--batchsize', '3'], 'There is no flag --batchsize. Did you mean --batch-size?'],
    [['--batch_size', '3'], 'Did you mean --batch-size?'],
    [['--batchSize', '3'], 'Did you mean --batch-size?'],
    [['--learning-rate', '3'], 'There is no flag --learning-rate. Nothing was done.'],
    [['--no-debug'], 'There is no flag --no-debug.'],
    [['-e', '3'], 'There is no flag -e.'],
    [['--lr'], '--lr needs a value; expected is a number above 0.'],
    [['--lr', '--epochs', '3'], '--lr needs a value'],
    [['--lr='], '--lr needs a value'],
    [['--debug=yes'], '--debug is on or left out, but was given "yes".'],
    [['pictures'], '"pictures" belongs to no flag.'],
  ])('refuses %j', (typed, complaint) => {
    expect(complaintOf(...typed)).toContain(complaint);
  });

  it('takes as many words as the command has', () => {
    expect(readFlags(['runs/a', '--json'], evaluateFlags, { words: ['RUN'] })).toEqual({
      values: { json: true },
      words: ['runs/a'],
    });
    expect(() => readFlags(['a', 'b'], evaluateFlags, { words: ['RUN'] })).toThrow(
      '"b" belongs to no flag, and only RUN',
    );
    expect(() => readFlags([], evaluateFlags, { words: ['RUN'] })).toThrow('RUN is missing');
    expect(readFlags(['a', 'b', '-'], [], { words: ['RUN', 'PICTURES...'] }).words).toEqual(['a', 'b', '-']);
    expect(readFlags(['a'], [], { words: ['RUN', 'PICTURES...'] }).words).toEqual(['a']);
  });
});
