import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { cacheDirectory } from './cache-directory.js';

test.each([
  [{ WHEREABOUTS_CACHE: '/a', XDG_CACHE_HOME: '/b' }, resolve('/a')],
  [{ WHEREABOUTS_CACHE: 'relative' }, resolve('relative')],
  [{ WHEREABOUTS_CACHE: '', XDG_CACHE_HOME: '/b' }, join('/b', 'whereabouts')],
  [{}, join(homedir(), '.cache', 'whereabouts')],
])('with %j the cache is %s', (env, directory) => {
  expect(cacheDirectory(env)).toBe(directory);
});
