import type { Grid } from '@whereabouts/layers';

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });

/**
 * Shows for one piece how likely each cell is: the likelier, the stronger the colour.
 *
 * @param options.probabilities by cell
 * @param options.home the cell that the piece was cut from, which is outlined
 * @param options.given the cell that it got, which is dotted
 */
export function drawPositionMap(
  element: HTMLElement,
  options: {
    readonly grid: Grid;
    readonly probabilities: readonly number[];
    readonly home: number;
    readonly given: number;
  },
): void {
  const { grid, probabilities, home, given } = options;
  element.style.setProperty('--columns', String(grid.columns));
  element.replaceChildren(
    ...probabilities.map((probability, cell) => {
      const field = document.createElement('span');
      field.className = 'cell';
      field.classList.toggle('home', cell === home);
      field.classList.toggle('given', cell === given);
      field.style.setProperty('--probability', String(probability));
      field.textContent = probability < 0.005 ? '' : percent.format(probability);
      return field;
    }),
  );
  element.setAttribute(
    'aria-label',
    `The model thinks its own cell ${percent.format(probabilities[home] ?? 0)} likely, the cell that it got ${percent.format(probabilities[given] ?? 0)}.`,
  );
}
