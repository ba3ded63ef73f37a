import type { Grid } from '@whereabouts/layers';

/** The pieces of a picture on a grid; they glide when they are moved. */
export interface Board {
  /** Lets each piece glide to a cell, and marks those that don't belong there. */
  readonly move: (cells: readonly number[]) => void;
}

/**
 * Cuts a picture into pieces and lays them out on an element.
 *
 * @param options.order by piece: the cell that it is cut from; at first it lies in the cell of its number
 * @param options.onSelect is told the piece that is pointed at, touched or focused
 */
export function board(
  element: HTMLElement,
  options: {
    readonly picture: HTMLCanvasElement;
    readonly grid: Grid;
    readonly order: readonly number[];
    readonly onSelect: (piece: number) => void;
  },
): Board {
  const { picture, grid, order, onSelect } = options;
  const pieces = order.map((cell, piece) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'piece';
    button.append(cutOut(picture, grid, cell));
    button.addEventListener('pointerenter', () => onSelect(piece));
    button.addEventListener('focus', () => onSelect(piece));
    button.addEventListener('click', () => onSelect(piece));
    return button;
  });
  element.style.setProperty('--rows', String(grid.rows));
  element.style.setProperty('--columns', String(grid.columns));
  element.replaceChildren(...pieces);

  const place = (cells: readonly number[]): void => {
    for (const [index, button] of pieces.entries()) {
      const cell = cells[index] ?? index;
      const [row, column] = [Math.floor(cell / grid.columns), cell % grid.columns];
      button.style.setProperty('--row', String(row));
      button.style.setProperty('--column', String(column));
      button.classList.toggle('astray', cell !== order[index]);
      button.setAttribute('aria-label', `Piece in row ${row + 1}, column ${column + 1}`);
    }
  };
  element.classList.remove('solved');
  place(order.map((_, piece) => piece));
  return {
    move: (cells) => {
      element.classList.add('solved');
      place(cells);
    },
  };
}

function cutOut(picture: HTMLCanvasElement, { rows, columns }: Grid, cell: number): HTMLCanvasElement {
  const piece = document.createElement('canvas');
  piece.width = picture.width / columns;
  piece.height = picture.height / rows;
  const [left, top] = [(cell % columns) * piece.width, Math.floor(cell / columns) * piece.height];
  piece.getContext('2d')?.drawImage(picture, -left, -top);
  return piece;
}
