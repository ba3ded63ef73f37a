import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packages } from './packages.js';
import { type PackedRegistry, packedRegistry } from './packed-registry.js';

const strangers = ['nest', 'pvt'];
const options = ['--no-audit', '--no-fund', '--loglevel=error'];
let registry: PackedRegistry;

beforeAll(async () => {
  registry = await packedRegistry([
    ...packages.map(({ folder }) => `packages/${folder}`),
    ...strangers.map((name) => `examples/third-party-backbone-${name}`),
  ]);
}, 600_000);
afterAll(() => registry.close());

/** A folder outside the workspace; removed at the end. */
function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'whereabouts-stranger-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000);
  return folder;
}

const pyramid = [
  { channels: 16, depth: 1, heads: 1, reduction: 4, mlpRatio: 2 },
  { channels: 32, depth: 1, heads: 2, reduction: 2, mlpRatio: 2 },
];

/** Runs a command as a user's shell does, with the packed packages on the registry; hands over what it printed. */
async function shell(command: string, folder: string): Promise<string> {
  const { stdout } = await promisify(execFile)('sh', ['-ec', command], {
    cwd: folder,
    env: registry.environment,
  });
  return stdout;
}

/** Code blocks of a document in a language. */
const blocksOf = (document: string, language: string) =>
  [
    ...readFileSync(document, 'utf8').matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm')),
  ].map(([, code = '']) => code);

/** Writes code blocks as the files that their first lines name. */
function writeFiles(blocks: readonly string[], folder: string): void {
  for (const block of blocks) {
    const [, name = 'unnamed'] = /^\/\/ (\S+)\n/.exec(block) ?? [];
    writeFileSync(join(folder, name), block);
  }
}

describe('packed packages in an empty project outside the workspace', () => {
  const project = emptyFolder();
  const withExample = ['layers', 'patch-embedding', 'position-labels', 'vit'];
  const packed = [...withExample, 'trainer'];

  beforeAll(async () => {
    writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'stranger', private: true }));
    const names = packed.map((name) => `@whereabouts/${name}`);
    const peers = ['@tensorflow/tfjs@4.22.0', '@tensorflow/tfjs-core@4.22.0'];
    await shell(['npm', 'install', ...options, ...names, ...peers].join(' '), project);
  }, 300_000);

  it('holds no source of the workspace', () => {
    const manifest = readFileSync(join(project, 'node_modules/@whereabouts/vit/package.json'), 'utf8');
    expect(manifest).not.toMatch(/workspace:|catalog:/);
    expect(readFileSync(join(project, 'package-lock.json'), 'utf8')).not.toContain(resolve('packages'));
  });

  it.each(withExample)('runs the example of the README of %s', async (name) => {
    const [block = ''] = blocksOf(`packages/${name}/README.md`, 'ts');
    const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    writeFileSync(join(project, `${name}.mjs`), ts.transpileModule(block, { compilerOptions }).outputText);
    await shell(`node ${name}.mjs`, project);
  });

  it('types check there', async () => {
    writeFileSync(
      join(project, 'typed.ts'),
      "import { vit } from '@whereabouts/vit';\nimport { absolutePositions } from '@whereabouts/position-labels';\n" +
        'const backbone = vit({ imageSize: 8, patchSize: 4, channels: 8, depth: 1, heads: 2 });\n' +
        'export const head = absolutePositions({ spec: backbone.spec });\n',
    );
    const tsc = resolve('node_modules/.bin/tsc');
    await shell(
      `${tsc} --noEmit --strict --skipLibCheck --module nodenext --target es2022 typed.ts`,
      project,
    );
  });
});

describe.each(strangers)("a stranger's backbone, %s, from what is published alone", (name) => {
  const folder = emptyFolder();
  const project = join(folder, 'package');

  it('passes its own tests, the kit among them', async () => {
    await shell(`tar -xzf ${registry.tarballOf(`third-party-backbone-${name}`)}`, folder);
    await shell(`npm install ${options.join(' ')}`, project);
    const seen = readdirSync(join(project, 'node_modules/@whereabouts')).sort();
    expect(seen).toEqual(['conformance', 'layers', 'patch-embedding']);
    const report = await shell('npm test', project);
    expect(report).toMatch(/keeps the promises of a backbone|6 passed/);
  }, 600_000);
});

describe('docs/add-a-backbone.md, from nothing to a training', () => {
  const folder = emptyFolder();
  const project = join(folder, 'my-backbone');
  const [install = '', check = '', train = ''] = blocksOf('docs/add-a-backbone.md', 'sh');

  beforeAll(async () => {
    await shell(install, folder);
    writeFiles(blocksOf('docs/add-a-backbone.md', 'js'), project);
  }, 600_000);

  it('its backbone passes its test', async () => {
    expect(await shell(check, project)).toContain('keeps the promises of a backbone');
  });

  it('its backbone trains with both labels, and is evaluated', async () => {
    const lines = await shell(train, project);
    expect(lines).toMatch(/\nepoch 4: classes accuracy .*absolute accuracy .*relative accuracy /);
    expect(lines).toMatch(/best\.safetensors, written after step \d+, on 500 validation pictures/);
  }, 600_000);

  it.each([
    ['node:test', 'node --test backbone.test.mjs'],
    ['vitest', 'npx vitest run backbone.spec.mjs'],
    ['by hand', 'node check.mjs'],
  ])(
    'the kit runs in %s, and tells what is wrong',
    async (_, command) => {
      writeFiles(blocksOf('packages/conformance/README.md', 'js'), project);
      await shell(`npm ls vitest || npm install ${options.join(' ')} --save-dev vitest@4.1.12`, project);
      await shell(command, project);

      const file = join(project, 'patchwork.mjs');
      const right = readFileSync(file, 'utf8');
      writeFileSync(file, right.replace('pooled: channels,', 'pooled: channels + 1,'));
      const complaint = await shell(command, project).then(
        () => 'nothing was found',
        ({ stdout, stderr }: { stdout: string; stderr: string }) => `${stdout}${stderr}`,
      );
      writeFileSync(file, right);
      expect(complaint).toContain(
        'Broken promise: shapes and types equal the spec. Expected pooled [1,33] float32 for a batch of 1; found [1,32] float32.',
      );
    },
    300_000,
  );

  it.each([
    ['nest', { channels: 16, heads: 2, depths: [1, 1] }, '4 x 4 = 16 positions of 32 channels'],
    ['pvt', { stages: pyramid }, '8 x 8 = 64 positions of 16 channels; 4 x 4 = 16 positions of 32 channels'],
  ])(
    '%s of a stranger trains with both labels',
    async (name, backboneOptions, tokens) => {
      const stranger = `third-party-backbone-${name}`;
      await shell(`npm install ${options.join(' ')} ${stranger}`, project);
      const words = [
        '--data fashion-mnist --per-class 20 --eval-per-class 10 --img-size 16 --epochs 2 --batch-size 20',
        `--absolute 0.5 --relative 0.5 --experiment ${name} --backbone node_modules/${stranger}/${name}.mjs`,
        `--patch-size 2 --backbone-options '${JSON.stringify(backboneOptions)}'`,
      ];
      const lines = await shell(`npx whereabouts train ${words.join(' ')}`, project);
      expect(lines).toContain(`tokens    16 x 16 px: ${tokens}; encoding absolute\n`);
      expect(lines).toMatch(/\nepoch 2: classes accuracy .*absolute accuracy .*relative accuracy /);
      expect(await shell(`npx whereabouts evaluate ${name}`, project)).toContain(
        'on 100 validation pictures',
      );
    },
    600_000,
  );
});
