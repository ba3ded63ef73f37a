import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const packed = ['layers', 'patch-embedding', 'position-labels', 'vit'];
const project = mkdtempSync(join(tmpdir(), 'whereabouts-stranger-'));

/** The first TypeScript block of a package's README, as a Node program. */
function exampleOf(name: string): string {
  const readme = readFileSync(`packages/${name}/README.md`, 'utf8');
  const block = /```ts\n([\s\S]*?)```/.exec(readme)?.[1];
  if (block === undefined) throw new Error(`the README of ${name} has no example`);
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(block, { compilerOptions: options }).outputText;
}

describe('packed packages in an empty project outside the workspace', () => {
  beforeAll(() => {
    for (const name of packed)
      execFileSync('npx', ['--yes', 'pnpm@12.21.0', 'pack', '--pack-destination', project], {
        cwd: `packages/${name}`,
        stdio: 'pipe',
      });
    writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'stranger', private: true }));
    const tarballs = readdirSync(project).filter((file) => file.endsWith('.tgz'));
    const peers = ['@tensorflow/tfjs@4.22.0', '@tensorflow/tfjs-core@4.22.0'];
    execFileSync(
      'npm',
      ['install', '--no-audit', '--no-fund', ...tarballs.map((file) => `./${file}`), ...peers],
      {
        cwd: project,
        stdio: 'pipe',
      },
    );
  }, 300_000);

  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it('holds no source of the workspace', () => {
    const manifest = readFileSync(join(project, 'node_modules/@whereabouts/vit/package.json'), 'utf8');
    expect(manifest).not.toMatch(/workspace:|catalog:/);
    expect(readFileSync(join(project, 'package-lock.json'), 'utf8')).not.toContain(resolve('packages'));
  });

  it.each(packed)('runs the example of the README of %s', (name) => {
    const file = join(project, `${name}.mjs`);
    writeFileSync(file, exampleOf(name));
    execFileSync(process.execPath, [file], { cwd: project, stdio: 'pipe' });
  });

  it('types check there', () => {
    writeFileSync(
      join(project, 'typed.ts'),
      "import { vit } from '@whereabouts/vit';\nimport { absolutePositions } from '@whereabouts/position-labels';\n" +
        'const backbone = vit({ imageSize: 8, patchSize: 4, channels: 8, depth: 1, heads: 2 });\n' +
        'export const head = absolutePositions({ spec: backbone.spec });\n',
    );
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022'];
    execFileSync(resolve('node_modules/.bin/tsc'), [...options, 'typed.ts'], { cwd: project, stdio: 'pipe' });
  });
});
