import { compiledExecutor, type Executor, eagerExecutor } from '@whereabouts/trainer';
import { canCompile } from '@whereabouts/xla';
import type { TrainingConfig } from './training-config.js';
import { usageError } from './usage-error.js';

/** The executor that a configuration asks for; to be called once the backend is open. */
export function chooseExecutor({
  executor,
  precision,
}: Pick<TrainingConfig, 'executor' | 'precision'>): Executor {
  if (executor === 'compiled' || (executor === 'auto' && canCompile()))
    return compiledExecutor({ precision });
  if (precision !== 'float32')
    throw usageError(
      `--precision ${precision} is for compiled steps, but these would run op by op: it needs the native backend and not --executor eager.`,
    );
  return eagerExecutor();
}
