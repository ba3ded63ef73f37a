import { defineConfig } from 'vitest/config';
import { nativeEngineIsLinked } from './testing/native-engine.js';

const resolve = { conditions: ['@whereabouts/source', 'node', 'import', 'module', 'default'] };
const ssr = { resolve: { conditions: resolve.conditions } };

const engineLane = (name: string, engine: 'cpu' | 'wasm' | 'tensorflow') => ({
  resolve,
  ssr,
  test: {
    name,
    include: ['packages/*/src/**/*.engine.test.ts'],
    setupFiles: ['testing/engine.ts'],
    provide: { engine },
    pool: 'forks' as const,
    testTimeout: 120_000,
  },
});

const lane = (name: string, include: string[], exclude: string[], testTimeout: number) => ({
  resolve,
  ssr,
  test: { name, include, exclude: ['**/node_modules/**', ...exclude], pool: 'forks' as const, testTimeout },
});

const native = nativeEngineIsLinked();

export default defineConfig({
  test: {
    maxWorkers: 2,
    globalSetup: ['testing/announce-engines.ts', 'testing/temporary-folder.ts'],
    projects: [
      lane(
        'node',
        ['packages/*/src/**/*.test.ts', 'testing/**/*.test.ts', 'benchmarks/**/*.test.ts'],
        ['**/*.engine.test.ts', '**/*.slow.test.ts'],
        30_000,
      ),
      engineLane('cpu', 'cpu'),
      engineLane('wasm', 'wasm'),
      ...(native ? [engineLane('native', 'tensorflow')] : []),
      lane(
        'slow',
        [
          'packages/*/src/**/*.slow.test.ts',
          'testing/**/*.slow.test.ts',
          'examples/*/src/**/*.slow.test.ts',
          'benchmarks/**/*.slow.test.ts',
        ],
        [],
        600_000,
      ),
    ],
  },
});
