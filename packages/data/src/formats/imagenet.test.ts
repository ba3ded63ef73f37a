import { describe, expect, it } from 'vitest';
import { filesOf, pictureFolder } from '../../testing/picture-folders.js';
import { imageNet } from './imagenet.js';

const synsets = ['n01440764', 'n02012849', 'n03126707'];
const train = synsets.flatMap((id) => [1, 2, 3].map((number) => `train/${id}/${id}_${number}.JPEG`));
const mapping = 'n01440764 tench, Tinca tinca\nn02012849 crane\nn03126707 crane\nn09999999 another\n';
const inArchive = (names: readonly string[]) => names.map((name) => `ILSVRC/Data/CLS-LOC/${name}`);
const flat = ['val/ILSVRC2012_val_00000001.JPEG', 'val/ILSVRC2012_val_00000002.JPEG'];
const solution =
  'ImageId,PredictionString\nILSVRC2012_val_00000002,n01440764 85 1 499 272 \nILSVRC2012_val_00000001,n03126707 1 2 3 4 n03126707 5 6 7 8 \n';

describe('imageNet', () => {
  it('reads folders of synsets, in their order, with names', async () => {
    const val = ['val/n01440764/a.JPEG', 'val/n03126707/b.JPEG'];
    const root = pictureFolder([...train, ...val], { 'LOC_synset_mapping.txt': mapping });
    const set = await imageNet(root);
    expect(set.classNames).toEqual(['tench, Tinca tinca', 'crane (n02012849)', 'crane (n03126707)']);
    expect([set.train.length, set.test]).toEqual([9, undefined]);
    expect(filesOf(set.validation, root)).toEqual(val);
    expect(set.validation.classes).toEqual(Int32Array.of(0, 2));
    expect(set.ignored).toEqual([]);
    expect((await imageNet(pictureFolder([...train, ...val]))).classNames).toEqual(synsets);
  });

  it('reads the archive as it is, with the validation pictures in one folder', async () => {
    const root = pictureFolder(inArchive([...train, ...flat, 'test/ILSVRC2012_test_00000001.JPEG']), {
      'LOC_synset_mapping.txt': mapping,
      'LOC_val_solution.csv': solution,
    });
    for (const start of [root, `${root}/ILSVRC/Data/CLS-LOC`]) {
      const { validation, classNames, ignored } = await imageNet(start);
      expect(classNames[0]).toBe('tench, Tinca tinca');
      expect(filesOf(validation, root)).toEqual(inArchive(flat));
      expect(validation.classes).toEqual(Int32Array.of(2, 0));
      expect(ignored?.map((path) => path.slice(root.length + 1))).toEqual(inArchive(['test']));
    }
  });

  it('tells of pictures without labels, and of other folders', async () => {
    await expect(imageNet(pictureFolder([...train, ...flat]))).rejects.toThrow(
      /val has no class folders, and there is no LOC_val_solution\.csv/,
    );
    const unknown = { 'LOC_val_solution.csv': solution.replace('n01440764', 'n00000001') };
    await expect(imageNet(pictureFolder([...train, ...flat], unknown))).rejects.toThrow(
      /gives ILSVRC2012_val_00000002\.JPEG the class n00000001, which has no folder in train/,
    );
    await expect(imageNet(pictureFolder(['train/cat/1.png', 'train/dog/1.png']))).rejects.toThrow(
      /doesn't hold ImageNet\. Expected folders such as train\/n01440764/,
    );
  });
});
