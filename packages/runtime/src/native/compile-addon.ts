import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runProcess } from '../run-process.js';
import { quietLogSource } from './quiet-log.js';
import { libraries } from './wheel.js';

/** A C++ compiler that answers. */
export interface Compiler {
  readonly command: string;
  readonly parameters: readonly string[];
  /** First line of what it says of its version. */
  readonly version: string;
}

/** The C++ compiler of this machine: `CXX`, or else `c++`, `g++` or `clang++`; or why there is none. */
export async function findCompiler(
  env: NodeJS.ProcessEnv = process.env,
): Promise<Compiler | { readonly reason: string }> {
  const commands = env.CXX ? [env.CXX] : ['c++', 'g++', 'clang++'];
  for (const line of commands) {
    const [command = line, ...parameters] = line.trim().split(/\s+/);
    const { ok, stdout } = await runProcess(command, [...parameters, '--version'], { env });
    if (ok) return { command, parameters, version: stdout.split('\n')[0] ?? '' };
  }
  return {
    reason: `there is no C++ compiler (tried ${commands.join(', ')}); on Debian and Ubuntu: apt-get install g++`,
  };
}

/**
 * Compiles the addon of tfjs-node-gpu against TensorFlow's headers and libraries with one call of the compiler: no
 * node-gyp, no Python, no download, since Node's own headers for addons come from the package `node-api-headers`.
 *
 * @param options.source folder of the npm package, which has the C++ source in `binding`
 * @param options.output where to write the addon; it finds the libraries relative to its own place
 * @throws with the compiler's words when it fails
 */
export async function compileAddon(options: {
  readonly compiler: Compiler;
  readonly source: string;
  readonly includeFolder: string;
  readonly libraryFolder: string;
  readonly napi: number;
  readonly output: string;
}): Promise<void> {
  const { compiler, source, includeFolder, libraryFolder, napi, output } = options;
  const { include_dir: nodeHeaders } = createRequire(import.meta.url)('node-api-headers') as {
    include_dir: string;
  };
  mkdirSync(dirname(output), { recursive: true });
  const quietLog = join(includeFolder, 'quiet_log.cc');
  writeFileSync(quietLog, quietLogSource);

  const { ok, ending, stderr } = await runProcess(compiler.command, [
    ...compiler.parameters,
    ...['-std=c++17', '-O2', '-fPIC', '-shared', '-o', output],
    ...[`-DNAPI_VERSION=${napi}`, '-DNODE_GYP_MODULE_NAME=tfjs_binding'],
    ...['-I', nodeHeaders, '-I', includeFolder],
    ...[join(source, 'binding', 'tfjs_backend.cc'), join(source, 'binding', 'tfjs_binding.cc'), quietLog],
    ...[`-L${libraryFolder}`, ...libraries.map((library) => `-l:${library}`)],
    '-Wl,-rpath,$ORIGIN/../../deps/lib',
  ]);
  if (!ok)
    throw new Error(
      `The addon of the native engine did not compile with ${compiler.version} (${ending}):\n${stderr.trim().split('\n').slice(0, 20).join('\n')}`,
    );
}
