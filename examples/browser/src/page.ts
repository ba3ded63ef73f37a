import { positionCount, shuffledOrder, stream } from '@whereabouts/layers';
import { drawAttentionMap } from './attention-map.js';
import { board } from './board.js';
import { offerNumbers } from './offer-numbers.js';
import { openEngine } from './open-engine.js';
import { pageElement } from './page-element.js';
import { drawPositionMap } from './position-map.js';
import { puzzleModel } from './puzzle-model.js';
import { type Picture, readPicture } from './read-picture.js';
import { shufflePieces } from './shuffle-pieces.js';
import { type Solution, solution } from './solution.js';
import { takePictures } from './take-pictures.js';

const shownSize = 384; // pixels
const glance = 900; // milliseconds for which the shuffled pieces lie still

async function start(): Promise<void> {
  const say = (text: string) => pageElement('status').replaceChildren(text);
  const engine = await openEngine(new URLSearchParams(location.search).get('engine') ?? undefined);
  const model = puzzleModel(new Uint8Array(await (await fetch('puzzle.safetensors')).arrayBuffer()));
  const { grid, card } = model;
  const pieces = positionCount(grid);
  pageElement('model').textContent =
    `A ViT of ${card.vit.channels} channels and depth ${card.vit.depth} without position encoding, trained on ${card.data}. ` +
    `Of pieces of pictures that it never saw, it finds the place of ${Math.round(100 * card.testAccuracy)} in 100; ` +
    `a guess finds ${(100 / pieces).toFixed(1)}. Computed here, by ${engine}.`;

  let shown: Picture | undefined;
  let seed = 0;

  const select = (solved: Solution, attention: readonly (readonly number[])[], piece: number): void => {
    drawPositionMap(pageElement('position-map'), {
      grid,
      probabilities: solved.probabilities[piece] ?? [],
      home: solved.order[piece] ?? 0,
      given: solved.assigned[piece] ?? 0,
    });
    drawAttentionMap(pageElement('attention-map'), { grid, weights: attention[piece] ?? [], piece });
  };

  const play = async (picture: Picture): Promise<void> => {
    shown = picture;
    seed += 1;
    const turn = seed;
    const order = [...shuffledOrder(pieces, stream(seed, 'shuffle'))];
    let solved: Solution | undefined;
    let attention: readonly (readonly number[])[] = [];
    const pieced = { picture: picture.canvas, grid, order };
    const onSelect = (piece: number) => solved && select(solved, attention, piece);
    board(pageElement('given'), { ...pieced, onSelect });
    const coming = board(pageElement('board'), { ...pieced, onSelect });
    pageElement('original').replaceChildren(picture.canvas);
    say('Shuffled …');
    const seen = shufflePieces(picture.pixels, order, { grid, patchSize: card.vit.patchSize });
    const began = performance.now();
    const logits = await model.whereEachBelongs(seen);
    const took = performance.now() - began;
    attention = await model.whatEachLooksAt(seen);
    await new Promise((resolve) => setTimeout(resolve, glance));
    if (turn !== seed) return; // another picture came meanwhile
    solved = solution(order, logits);
    coming.move(solved.assigned);
    select(solved, attention, 0);
    offerNumbers(pageElement('numbers') as HTMLAnchorElement, {
      engine,
      pixels: picture.pixels,
      solved,
      attention,
    });
    say(`${solved.right} of ${pieces} pieces lie where they were (${Math.round(took)} ms).`);
  };

  const show = (file: Blob): Promise<void> =>
    readPicture(file, { imageSize: card.imageSize, shownSize })
      .then(play)
      .catch((error: Error) => say(error.message));
  takePictures({
    input: pageElement('file') as HTMLInputElement,
    target: document.body,
    onPicture: show,
  });
  pageElement('again').addEventListener('click', () => shown && play(shown));
  for (const example of Array.from(document.querySelectorAll<HTMLImageElement>('#examples img')))
    example.parentElement?.addEventListener('click', async () =>
      show(await (await fetch(example.src)).blob()),
    );
  await show(await (await fetch('pictures/outwear.jpg')).blob());
}

start().catch((error: Error) => pageElement('status').replaceChildren(error.message));
