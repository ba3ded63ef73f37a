import { expect, test } from 'vitest';
import { describeMachine } from './describe-machine.js';

test('a machine is described by plain data that survives JSON', () => {
  const machine = describeMachine(['no-such-package-anywhere']);
  expect(JSON.parse(JSON.stringify(machine))).toEqual(machine);
  expect(machine).toMatchObject({
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    packages: { '@tensorflow/tfjs-core': '4.22.0' },
  });
  expect(machine.packages).not.toHaveProperty('no-such-package-anywhere');
  expect(machine.memory).toBeGreaterThan(1e8);
});
