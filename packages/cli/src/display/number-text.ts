/** Such as `61.2 %`. */
export function percentText(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Such as `45 s`, `3 min 20 s` or `2 h 5 min`. */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Such as `1,234,567`. */
export function countText(count: number): string {
  return count.toLocaleString('en-GB');
}
