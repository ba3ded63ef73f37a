import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** The PNG pictures of a folder as data URIs, by number in their names; none where there is no folder. */
export async function readPictures(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const pictures = names.filter((name) => extname(name) === '.png');
  const byNumber = pictures.sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10));
  return await Promise.all(
    byNumber.map(async (name) => {
      const bytes = await readFile(join(folder, name));
      return `data:image/png;base64,${bytes.toString('base64')}`;
    }),
  );
}
