import type { TrainingRequest } from '../settings/training-config.js';

/**
 * Gives a config file in TypeScript its types: an editor then completes the settings and marks what is wrong.
 *
 * @example
 * ```ts
 * import { defineConfig } from 'whereabouts';
 *
 * export default defineConfig({
 *   data: { path: 'pictures', imageSize: 96 },
 *   labels: { absolute: 0.5 },
 * });
 * ```
 */
export function defineConfig(config: TrainingRequest): TrainingRequest {
  return config;
}
