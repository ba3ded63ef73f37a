/** A number for people to read: four significant digits, exponents for the very small and large. */
export function numberText(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** A share from 0 to 1 as a percentage with one decimal. */
export function percentText(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
