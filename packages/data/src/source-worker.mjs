// Starts the worker where packages run from their source, as in this repository; threads don't inherit what reads TypeScript.
import { register } from 'tsx/esm/api';

register();
await import('./batch-worker.ts');
