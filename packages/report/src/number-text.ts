/** A number for people to read: four significant digits, exponents for the very small and large. */
export function numberText(value: number): string {
  return String(Number(value.toPrecision(4)));
}
