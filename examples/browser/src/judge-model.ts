/**
 * Says how many pieces of pictures the packed model puts right, each picture shuffled once.
 *
 *     npx --yes pnpm@12.21.0 example examples/browser/src/judge-model.ts path/to/clothing/test
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { positionCount, shuffledOrder, stream } from '@whereabouts/layers';
import { openBackend } from '@whereabouts/runtime';
import sharp from 'sharp';
import { puzzleModel } from './puzzle-model.js';
import { shufflePieces } from './shuffle-pieces.js';
import { solution } from './solution.js';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Expected is a folder of pictures.');

await openBackend();
const bytes = await readFile(fileURLToPath(new URL('../model/puzzle.safetensors', import.meta.url)));
const { card, grid, whereEachBelongs } = puzzleModel(bytes);
const count = positionCount(grid);
const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.jpg')).sort();

let [likeliest, assigned, whole] = [0, 0, 0];
for (const [index, file] of files.entries()) {
  const picture = sharp(join(folder, file)).resize(card.imageSize, card.imageSize).removeAlpha().raw();
  const order = [...shuffledOrder(count, stream(index, 'shuffle'))];
  const seen = shufflePieces(await picture.toBuffer(), order, { grid, patchSize: card.vit.patchSize });
  const solved = solution(order, await whereEachBelongs(seen));
  likeliest += solved.logits.filter((row, piece) => row.indexOf(Math.max(...row)) === order[piece]).length;
  assigned += solved.right;
  whole += Number(solved.right === count);
}
const share = (part: number, all: number) => `${((100 * part) / all).toFixed(1)} %`;
console.log(`${files.length} pictures of ${count} pieces`);
console.log(`likeliest cell right: ${share(likeliest, files.length * count)}`);
console.log(`assigned cell right: ${share(assigned, files.length * count)}`);
console.log(`every piece right: ${share(whole, files.length)}`);
