import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

interface Manifest {
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin?: Readonly<Record<string, string>>;
}

/** Where each entry's source lies: the workspace's own condition in `exports`, the source of every command and of every thread. */
function entriesOf(folder: string): string[] {
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Manifest;
  const modules = Object.values(manifest.exports).flatMap((conditions) =>
    typeof conditions === 'string' ? [] : [conditions['@whereabouts/source'] ?? ''],
  );
  const commands = Object.values(manifest.bin ?? {}).map((command) =>
    command.replace('./dist/', './src/').replace(/\.js$/, '.ts'),
  );
  const threads = readdirSync(`${folder}/src`).filter((name) => name.endsWith('-worker.ts'));
  return [...modules, ...commands, ...threads.map((name) => `./src/${name}`)].map(
    (entry) => `${folder}/${entry.slice(2)}`,
  );
}

/** The one preset: every package becomes ES modules in its `dist`; declarations come from `tsc --build`. */
export default defineConfig(
  readdirSync('packages').map((name) => ({
    name,
    entry: entriesOf(`packages/${name}`),
    outDir: `packages/${name}/dist`,
    format: ['esm' as const],
    target: 'node20',
    platform: 'neutral' as const,
    skipNodeModulesBundle: true,
    external: [/^node:/, /^@whereabouts\//],
    sourcemap: true,
    splitting: true,
    silent: true,
  })),
);
