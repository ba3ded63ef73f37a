import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { vi } from 'vitest';
import type { Engine } from '../src/native/engine.js';
import { serve } from './serve.js';

/** The bytes of a small wheel with the members that the real one has. */
export function fakeWheel(members: Readonly<Record<string, string>> = usualMembers): Buffer {
  const bytes = Object.entries(members).map(([name, text]) => [name, strToU8(text)] as const);
  return Buffer.from(zipSync(Object.fromEntries(bytes)));
}

const usualMembers = {
  'tensorflow/__init__.py': 'print("not wanted")',
  'tensorflow/libtensorflow_cc.so.2': 'the large library',
  'tensorflow/libtensorflow_framework.so.2': 'the small library',
  'tensorflow/include/tensorflow/c/c_api.h': '// wanted',
  'tensorflow/include/Eigen/Core': '// not wanted',
};

/** An engine of that wheel, for a package and a cache in `folder`. */
export function fakeEngine(folder: string, wheel: Buffer): Engine {
  const directory = join(folder, 'package');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{"binary": {"napi_versions": [3, 8]}}');
  return {
    wheel: {
      project: 'tensorflow-cpu',
      version: '2.21.0',
      file: 'tensorflow_cpu-2.21.0-fake.whl',
      size: wheel.length,
      sha256: createHash('sha256').update(wheel).digest('hex'),
      platformTag: 'fake',
      unpackedSize: 35,
    },
    addon: {
      name: 'tfjs-node-gpu',
      version: '4.22.0',
      directory,
      require: createRequire(join(directory, 'package.json')),
    },
    napi: 8,
    directory: join(folder, 'cache', 'native', 'engine'),
  };
}

/** Serves a package index with that wheel, which pip's configuration then points to. */
export async function serveIndex(engine: Engine, wheel: Buffer): Promise<void> {
  const { project, file } = engine.wheel;
  const index = await serve((request, response) => {
    if (request.url === `/${file}`) return response.end(wheel);
    if (request.url !== `/simple/${project}/`) return response.writeHead(404).end();
    response.setHeader('content-type', 'application/vnd.pypi.simple.v1+json');
    return response.end(JSON.stringify({ files: [{ filename: file, url: `/${file}` }] }));
  });
  vi.stubEnv('PIP_INDEX_URL', `${index}/simple`);
}

/** Makes a program that writes what it was called with to the place of its output, or fails, the C++ compiler. */
export function useFakeCompiler(folder: string, behaviour: 'works' | 'fails' = 'works'): void {
  const program = join(folder, 'compiler.cjs');
  writeFileSync(
    program,
    `const call = process.argv.slice(2);
if (call.includes('--version')) console.log('fake compiler 1.0');
else if (${behaviour === 'fails'}) { console.error('error: no member named TF_Thing'); process.exit(1); }
else require('node:fs').writeFileSync(call[call.indexOf('-o') + 1], call.join(' '));`,
  );
  vi.stubEnv('CXX', `${process.execPath} ${program}`);
}
