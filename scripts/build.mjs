// Builds every package into its `dist`: JavaScript by tsup, declarations by tsc. Does nothing where nothing changed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const packages = readdirSync('packages').sort();
const sources = packages.flatMap((name) =>
  readdirSync(`packages/${name}/src`, { recursive: true })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort()
    .map((file) => `packages/${name}/src/${file}`),
);
const settings = [
  'scripts/build.mjs',
  'tsup.config.ts',
  'tsconfig.base.json',
  'tsconfig.package.json',
  'tsconfig.build.json',
  'pnpm-lock.yaml',
  ...packages.flatMap((name) => [`packages/${name}/package.json`, `packages/${name}/tsconfig.json`]),
];

const hash = createHash('sha256');
for (const file of [...settings, ...sources]) hash.update(file).update('\0').update(readFileSync(file));
const fingerprint = hash.digest('hex');

const stamp = 'node_modules/.cache/whereabouts/build';
const built =
  packages.every((name) => existsSync(`packages/${name}/dist/index.js`)) &&
  packages.every((name) => existsSync(`packages/${name}/dist/index.d.ts`));

if (built && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) {
  console.log(`build: ${packages.length} packages are up to date`);
} else {
  const started = performance.now();
  const run = (command, ...args) => execFileSync(`node_modules/.bin/${command}`, args, { stdio: 'inherit' });
  // Chunks carry a hash in their names: those of the last build must not be published with these.
  for (const name of packages)
    for (const file of existsSync(`packages/${name}/dist`) ? readdirSync(`packages/${name}/dist`) : [])
      if (/\.js(\.map)?$/.test(file)) rmSync(`packages/${name}/dist/${file}`);
  run('tsc', '--build', 'tsconfig.build.json');
  run('tsup');
  mkdirSync('node_modules/.cache/whereabouts', { recursive: true });
  writeFileSync(stamp, fingerprint);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`build: ${packages.length} packages in ${seconds} s`);
}
