import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Whether the addon of tfjs-node-gpu is in place in this checkout, so that the native lane can run. */
export function nativeEngineIsLinked(): boolean {
  const manifest = createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json');
  const library = join(dirname(manifest), 'lib');
  return (
    existsSync(library) &&
    readdirSync(library).some((napi) => existsSync(join(library, napi, 'tfjs_binding.node')))
  );
}
