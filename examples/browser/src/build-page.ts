import { cp, mkdir } from 'node:fs/promises';
import { builtinModules, createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const here = fileURLToPath(new URL('..', import.meta.url));
const wasm = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));

/**
 * Puts the page with all that it needs into a folder; it then runs from any web server, and asks no other for anything.
 *
 * @param folder is made unless it is there
 */
export async function buildPage(folder: string): Promise<void> {
  await mkdir(join(folder, 'wasm'), { recursive: true });
  await cp(join(here, 'site'), folder, { recursive: true });
  await cp(join(here, 'pictures'), join(folder, 'pictures'), { recursive: true });
  await cp(join(here, 'model', 'puzzle.safetensors'), join(folder, 'puzzle.safetensors'));
  for (const kind of ['', '-simd', '-threaded-simd'])
    await cp(
      join(wasm, `tfjs-backend-wasm${kind}.wasm`),
      join(folder, 'wasm', `tfjs-backend-wasm${kind}.wasm`),
    );
  await esbuild.build({
    entryPoints: [join(here, 'src', 'page.ts')],
    outfile: join(folder, 'page.js'),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    conditions: ['@whereabouts/source'],
    external: [...builtinModules, 'node-fetch'], // Node's, named and not used
    logLevel: 'warning',
  });
}
