import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The name of the first NVIDIA GPU as its Linux driver tells it, or undefined. */
export function gpuName(driverFolder = '/proc/driver/nvidia/gpus'): string | undefined {
  try {
    const [first] = readdirSync(driverFolder).sort();
    if (first === undefined) return undefined;
    const text = readFileSync(join(driverFolder, first, 'information'), 'utf8');
    return /^Model:\s*(.+)$/m.exec(text)?.[1]?.trim();
  } catch {
    return undefined; // no such driver here
  }
}
