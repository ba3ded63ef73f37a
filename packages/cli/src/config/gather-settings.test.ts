import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/pictures.js';
import { isUsageError } from '../command-line/usage-error.js';
import { settings } from '../settings/settings.js';
import { gatherSettings } from './gather-settings.js';
import { resolveSettings } from './resolve-config.js';

let folder = '';
beforeAll(async () => {
  folder = await temporaryFolder();
});

/** Writes a config file and gives its path. */
async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const resolved = async (values: Record<string, unknown>) => resolveSettings(await gatherSettings(values));

async function complaintOf(values: Record<string, unknown>): Promise<string> {
  const error = await resolved(values).then(
    () => new Error('no complaint'),
    (reason: Error) => reason,
  );
  expect(isUsageError(error), error.message).toBe(true);
  return error.message.replaceAll(`${folder}/`, '');
}

const yaml = `# what we train
preset: paper
data:
  path: pictures
  imageSize: 96
training:
  epochs: 40
schedule:
  learningRate: 1e-3 # as Ann found
augmentation: # nothing yet
`;

const json = `{
\t"data": { "path": "pictures", "imageSize": 96 },
\t"training": { "epochs": 40 },
\t"schedule": { "learningRate": 1e-3 }
}`;

const typescript = `import { defineConfig, presets } from 'whereabouts';
const epochs: number = 40;
export default defineConfig({
  preset: 'paper' satisfies keyof typeof presets,
  data: { path: 'pictures', imageSize: 96 },
  training: { epochs },
  schedule: { learningRate: 1e-3 },
});
`;

describe('a config file', () => {
  it.each([
    ['all.yaml', yaml],
    ['all.yml', yaml],
    ['all.json', json],
    ['all.ts', typescript],
    ['all.mts', typescript],
    ['all.mjs', typescript.replace(': number', '').replace(' satisfies keyof typeof presets', '')],
  ])('is read from %s, paths in it from its own folder', async (name, text) => {
    const config = await resolved({ config: await file(name, text) });
    expect(config.data).toMatchObject({ path: join(folder, 'pictures'), imageSize: 96 });
    expect(config.training.epochs).toBe(40);
    expect(config.schedule.learningRate).toBe(1e-3);
    expect(config.model.name).toBe(text === json ? 'vit-tiny' : 'vit-base');
  });

  it('may be the config.json of a run', async () => {
    const config = await resolved({ config: await file('first.yaml', yaml) });
    await mkdir(join(folder, 'run'), { recursive: true });
    expect(await resolved({ config: await file('run/config.json', JSON.stringify(config)) })).toEqual(config);
  });

  it('tells of everything that is no setting, with its line and what was meant', async () => {
    const config = await file(
      'typos.yaml',
      'data:\n  path: a\n  imgSize: 64\nmodle:\n  depth: 3\nepochs: 3\n',
    );
    expect((await complaintOf({ config })).split('\n')).toEqual([
      `There is no setting "data.imgSize" (typos.yaml:3). Did you mean data.imageSize? The settings of data are ${Object.keys(settings.data).join(', ')}.`,
      'There is no setting "modle" (typos.yaml:4). Did you mean model?',
      'There is no setting "epochs" (typos.yaml:6). Did you mean training.epochs?',
    ]);
  });

  it('tells of every value that a setting does not take, with its line and those that it takes', async () => {
    const config = await file(
      'values.yaml',
      'data: { path: a }\nmodel:\n  name: vit-tinny\n  depth: deep\nlabels:\n  pairs: al\n',
    );
    expect((await complaintOf({ config })).split('\n')).toEqual([
      'model.name (values.yaml:3) is "vit-tinny", but expected is vit-tiny, vit-small, vit-base, vit-large, deit-tiny, deit-small, deit-base, vit, swin-tiny, swin-small, swin-base, swin-large or swin. Did you mean "vit-tiny"?',
      'model.depth (values.yaml:4) is "deep", but expected is a whole number from 1 up.',
      'labels.pairs (values.yaml:6) is "al", but expected is all, or a whole number from 1 up. Did you mean "all"?',
    ]);
  });

  it('tells of two settings that do not fit, each by where it was given', async () => {
    const config = await file('heads.yaml', 'data:\n  path: a\nmodel:\n  heads: 5\n');
    expect(await complaintOf({ config })).toContain(
      'model.heads (heads.yaml:4) 5 does not divide --channels 192',
    );
    expect(await complaintOf({ config, set: ['model.channels=64'] })).toContain(
      'model.heads (heads.yaml:4) 5 does not divide --set model.channels 64',
    );
  });

  it.each([
    ['twice.yaml', 'data:\n  path: a\n  path: b\n', 'twice.yaml:3: Map keys must be unique.'],
    ['broken.json', '{\n"data": {\n"path": "a"\n', 'broken.json:4: '],
    ['list.yaml', '- data\n', 'list.yaml holds no settings, but ["data"].'],
    ['empty.yaml', '', 'empty.yaml holds no settings, but null.'],
    [
      'preset.yaml',
      'data: { path: a }\npreset: papr\n',
      'preset (preset.yaml:2) is "papr", but expected is one of paper',
    ],
    ['bare.ts', 'const a = 1;\n', 'bare.ts has no default export.'],
    ['fails.ts', 'throw new Error("oh");\n', 'fails.ts cannot be loaded: oh'],
    ['syntax.ts', 'export default {\n  data: {\n', 'syntax.ts cannot be loaded: '],
    [
      'typo.ts',
      'export default { modell: {} };\n',
      'There is no setting "modell" (typo.ts). Did you mean model?',
    ],
    [
      'config.toml',
      '',
      'config.toml is no config file: expected is a name that ends in .yaml, .yml, .json, .ts',
    ],
  ])('that is %s is refused', async (name, text, complaint) => {
    expect(await complaintOf({ config: await file(name, text) })).toContain(complaint);
  });

  it('that is not there is refused', async () => {
    expect(await complaintOf({ config: join(folder, 'nowhere.yaml') })).toBe(
      'There is no config file nowhere.yaml.',
    );
  });
});

describe('what counts more', () => {
  const warmup = async (values: Record<string, unknown>) => (await resolved(values)).schedule.warmupEpochs;

  it('is the preset, then the file, then flags, then --set, of which the last one', async () => {
    const config = await file(
      'warmup.yaml',
      'data: { path: a }\npreset: paper\nschedule: { warmupEpochs: 3 }\n',
    );
    const data = 'fashion-mnist';
    expect(await warmup({ data })).toBe(3);
    expect(await warmup({ data, preset: 'paper' })).toBe(10);
    expect(await warmup({ config })).toBe(3);
    expect(await warmup({ config, 'warmup-epochs': 4 })).toBe(4);
    const set = ['schedule.warmupEpochs=5', 'schedule.warmupEpochs=6'];
    expect(await warmup({ config, 'warmup-epochs': 4, set })).toBe(6);
  });

  it('also decides between settings that make each other void', async () => {
    const config = await file('rates.yaml', 'data: { path: a }\nschedule: { learningRate: 1e-3 }\n');
    const rate = async (values: Record<string, unknown>) => (await resolved(values)).schedule.learningRate;
    expect(await rate({ config, preset: 'paper' })).toBe(1e-3);
    expect(await rate({ config, 'lr-base': 1e-3 })).toBe(2.5e-4);
    expect(await rate({ config, 'lr-base': 1e-3, set: ['schedule.learningRate=2'] })).toBe(2);
  });
});

describe('--set', () => {
  const data = 'fashion-mnist';

  it('reads text as the setting does', async () => {
    const set = ['augmentation.scale=0.3,1', 'labels.pairs=12', 'model.name=vit-small', 'data.path=there'];
    expect(await resolved({ set })).toMatchObject({
      augmentation: { scale: [0.3, 1] },
      labels: { pairs: 12 },
      model: { channels: 384 },
      data: { path: join(process.cwd(), 'there') },
    });
  });

  it.each([
    ['epochs=3', 'There is no setting "epochs" (--set). Did you mean training.epochs?'],
    ['training.epochs', '--set training.epochs cannot be read; expected is a setting and its value, such as'],
    ['training.epochs=', '--set training.epochs= cannot be read'],
    ['training=3', '--set training names a group; set one of its settings: batchSize, epochs, seed.'],
    ['training.epochs=ten', '--set training.epochs is "ten", but expected is a whole number from 1 up.'],
  ])('refuses %s', async (entry, complaint) => {
    expect(await complaintOf({ data, set: [entry] })).toContain(complaint);
  });
});
