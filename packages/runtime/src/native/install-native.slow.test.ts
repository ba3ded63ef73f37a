import { cpSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import type { FoundPackage } from '../find-package.js';
import { runProcess } from '../run-process.js';
import { lookUp } from './cache.js';
import { addonPackages, engineForThisMachine } from './engine.js';
import { installNative } from './install-native.js';

const engine = engineForThisMachine();
const absence =
  'reason' in engine
    ? engine.reason
    : lookUp(engine.directory).state === 'whole'
      ? undefined
      : 'no engine in the cache: run `whereabouts native install`';

/** A project with a fresh copy of tfjs-node-gpu in it, whose dependencies are the ones of this checkout. */
function secondClone(): { project: string; addon: string; original: FoundPackage } {
  const [original] = addonPackages();
  if (original === undefined) throw new Error('tfjs-node-gpu is not installed');
  const project = realpathSync(temporaryFolder());
  const place = (name: string) => {
    const path = join(project, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  };
  const addon = place(original.name);
  cpSync(original.directory, addon, { recursive: true, verbatimSymlinks: true });
  rmSync(join(addon, 'lib'), { recursive: true });
  const manifest = original.require('./package.json') as { dependencies: Record<string, string> };
  for (const name of [...Object.keys(manifest.dependencies), '@tensorflow/tfjs-core'])
    symlinkSync(dirname(original.require.resolve(`${name}/package.json`)), place(name));
  const spy = vi.spyOn(process, 'cwd').mockReturnValue(project);
  onTestFinished(() => spy.mockRestore());
  return { project, addon, original };
}

test.skipIf(absence !== undefined)(
  `a second clone takes the engine from the cache and computes with it${absence === undefined ? '' : ` (skipped: ${absence})`}`,
  async () => {
    const { project, addon, original } = secondClone();
    const log: string[] = [];
    const first = await installNative({ log: (line) => log.push(line) });
    expect(first).toMatchObject({ available: true, source: 'cache', tensorflowVersion: '2.21.0' });
    expect(log).toContain(`linked into ${addon}`);
    expect(log.join('\n')).not.toMatch(/download|compil/);

    const program =
      "const tf = require('@tensorflow/tfjs-node-gpu'); console.log(tf.getBackend(), ...tf.square([3]).dataSync())";
    const { stdout, stderr } = await runProcess(process.execPath, ['-e', program], {
      cwd: project,
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
    });
    expect([stdout, stderr]).toEqual(['tensorflow 9\n', '']);

    expect(await installNative()).toMatchObject({ source: 'installed' });
    expect(readFileSync(join(addon, 'package.json'), 'utf8')).toBe(
      readFileSync(join(original.directory, 'package.json'), 'utf8'),
    );
  },
);
