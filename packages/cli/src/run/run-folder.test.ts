import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/pictures.js';
import { resolveConfig } from '../config/resolve-config.js';
import { findRun } from './find-run.js';
import { createRunFolder, readRunConfig } from './run-folder.js';

const config = resolveConfig({ data: { path: 'fashion-mnist', imageSize: 28 }, model: { patchSize: 4 } });

describe('run folder', () => {
  it('gives back the configuration that it was made with', async () => {
    const folder = join(await temporaryFolder(), 'runs', 'first');
    await createRunFolder(folder, config);
    expect(await readRunConfig(folder)).toEqual(config);
  });

  it('is never written over', async () => {
    const folder = join(await temporaryFolder(), 'first');
    const { config: path } = await createRunFolder(folder, config);
    const before = await readFile(path);
    await expect(
      createRunFolder(folder, { ...config, training: { ...config.training, seed: 1 } }),
    ).rejects.toThrow(
      `${folder} already holds a run; go on with it by --resume ${folder}, or choose another name`,
    );
    expect(await readFile(path)).toEqual(before);
  });

  it('is not made among other files', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'letter.txt'), 'dear');
    await expect(createRunFolder(folder, config)).rejects.toThrow(
      `${folder} holds other files (letter.txt, ...)`,
    );
    expect(await readdir(folder)).toEqual(['letter.txt']);
  });

  it('says what is wrong with a configuration that was changed by hand', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'config.json');
    await expect(readRunConfig(folder)).rejects.toThrow(`${folder} is no run folder: it has no config.json.`);
    await writeFile(path, '{"epochs": 3');
    await expect(readRunConfig(folder)).rejects.toThrow(`${path} holds no JSON`);
    const { seed: _seed, ...training } = config.training;
    await writeFile(
      path,
      JSON.stringify({ ...config, training: { ...training, epochs: 'many' }, colour: {} }),
    );
    const message = await readRunConfig(folder).catch((error: Error) => error.message);
    expect(message).toContain(`${path} cannot be used. Nothing was changed.\nThere is no setting "colour".`);
    expect(message).toContain('training.epochs is "many", but expected is a whole number from 1 up.');
    await writeFile(path, JSON.stringify({ ...config, training }));
    await expect(readRunConfig(folder)).rejects.toThrow('training.seed is missing, but expected is');
    await writeFile(path, '3');
    await expect(readRunConfig(folder)).rejects.toThrow(`${path} cannot be used`);
  });

  it('is found by its path and by its name', async () => {
    const output = await temporaryFolder();
    const folder = join(output, 'first');
    await mkdir(folder);
    expect(await findRun(folder, 'nowhere')).toBe(folder);
    expect(await findRun('first', output)).toBe(folder);
    await createRunFolder(join(output, 'src'), config); // there is a folder of this name here, too
    expect(await findRun('src', output)).toBe(join(output, 'src'));
    await expect(findRun('frist', output)).rejects.toThrow(
      `There is no run frist, neither as a folder nor in ${output}. Did you mean ${folder}?`,
    );
  });
});
