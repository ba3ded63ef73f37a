import { installNative } from '@whereabouts/runtime';
import type { sizes } from './settings.js';

/** Gets the native engine onto this machine if it can be had, saying each step; else WebAssembly, saying why. */
export async function bestEngine(): Promise<keyof typeof sizes> {
  console.log('Engine: TensorFlow natively if this machine can have it, else WebAssembly.');
  console.log(
    '  The first time that downloads 274 MB and compiles for a quarter of a minute; after that it is kept.',
  );
  const reason = await reasonAgainstNative();
  if (reason === undefined) return 'native';
  console.log(`  ${reason}`);
  console.log('  So this demo runs on WebAssembly, slower and with a smaller setting.');
  return 'wasm';
}

async function reasonAgainstNative(): Promise<string | undefined> {
  try {
    const native = await installNative({ ifPossible: true, log: (line) => console.log(`  ${line}`) });
    return native.available ? undefined : native.reason;
  } catch (error) {
    return `The native engine could be had, but failed: ${(error as Error).message}`;
  }
}
