import type { Grid } from '@whereabouts/layers';

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });

/**
 * Shows what one piece looks at among the pieces as they lie shuffled: the more, the stronger the colour.
 *
 * @param options.weights by piece; they add up to 1
 * @param options.piece which one looks, which is outlined
 */
export function drawAttentionMap(
  element: HTMLElement,
  options: { readonly grid: Grid; readonly weights: readonly number[]; readonly piece: number },
): void {
  const { grid, weights, piece } = options;
  const largest = Math.max(...weights);
  element.style.setProperty('--columns', String(grid.columns));
  element.replaceChildren(
    ...weights.map((weight, other) => {
      const field = document.createElement('span');
      field.className = 'cell';
      field.classList.toggle('home', other === piece);
      field.style.setProperty('--probability', String((0.7 * weight) / largest)); // text stays readable
      field.textContent = percent.format(weight);
      return field;
    }),
  );
  element.setAttribute('aria-label', `The piece looks at itself for ${percent.format(weights[piece] ?? 0)}.`);
}
