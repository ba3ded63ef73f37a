// Checks that TypeScript finds the types of what each package would publish, as Node and as bundlers resolve it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';

// The packages are ES modules for Node 20 and later, which `require` and resolution without `exports` don't reach.
const foreign = ['node10', 'node16-cjs'];

let failures = 0;
const folder = mkdtempSync(join(tmpdir(), 'whereabouts-attw-'));
try {
  for (const name of readdirSync('packages').sort()) {
    const into = join(folder, name);
    execFileSync('pnpm', ['pack', '--pack-destination', into], { cwd: `packages/${name}`, stdio: 'ignore' });
    const [tarball] = readdirSync(into);
    const checked = await checkPackage(createPackageFromTarballData(readFileSync(join(into, tarball))));
    const problems = checked.types ? checked.problems : [{ kind: 'NoTypes' }];
    for (const problem of problems) {
      if (foreign.includes(problem.resolutionKind)) continue;
      console.error(`${name}: ${problem.kind} ${problem.entrypoint ?? ''} ${problem.resolutionKind ?? ''}`);
      failures += 1;
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`attw: ${failures === 0 ? 'no complaints' : `${failures} complaints`}`);
process.exitCode = failures === 0 ? 0 : 1;
