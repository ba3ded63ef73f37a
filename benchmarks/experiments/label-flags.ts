/** Flags of the four ways to train with position labels; weight 0.5 as in the paper. */
export const labelFlags = {
  'no label': ['--absolute', '0', '--relative', '0'],
  APL: ['--absolute', '0.5', '--relative', '0'],
  RPL: ['--absolute', '0', '--relative', '0.5'],
  'APL + RPL': ['--absolute', '0.5', '--relative', '0.5'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
