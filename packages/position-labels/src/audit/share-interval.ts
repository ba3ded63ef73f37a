/** A share of trials, and between which shares the truth lies, as far as that many trials tell. */
export interface ShareInterval {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The Wilson score interval of a share.
 *
 * @param deviations how many standard deviations wide to each side; 2.576 covers 99 %
 * @source Wilson 1927
 */
export function shareInterval(successes: number, trials: number, deviations: number): ShareInterval {
  const share = successes / trials;
  const squared = deviations ** 2;
  const centre = (successes + squared / 2) / (trials + squared);
  const spread =
    (deviations / (trials + squared)) * Math.sqrt((successes * (trials - successes)) / trials + squared / 4);
  return { share, low: Math.max(0, centre - spread), high: Math.min(1, centre + spread) };
}
