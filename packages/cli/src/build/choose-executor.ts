import { compiledExecutor, type Executor, eagerExecutor } from '@whereabouts/trainer';
import { canCompile } from '@whereabouts/xla';
import { usageError } from '../command-line/usage-error.js';
import type { TrainingConfig } from '../settings/training-config.js';

/** The executor that a configuration asks for; to be called once the backend is open. */
export function chooseExecutor({
  executor,
  precision,
}: Pick<TrainingConfig['run'], 'executor' | 'precision'>): Executor {
  if (executor !== 'eager' && canCompile()) return compiledExecutor({ precision });
  if (executor === 'compiled')
    throw usageError(
      'Compiled steps need the native backend; `whereabouts native install` gets it, --executor eager does without.',
    );
  if (precision !== 'float32')
    throw usageError(
      `Products in ${precision} are for compiled steps: they need the native backend, and not --executor eager.`,
    );
  return eagerExecutor();
}
