/**
 * Where TensorFlow.js was called from: the first line of a stack, below a line of TensorFlow.js, that isn't its own.
 *
 * @returns such as `at apply (…/my-head.ts:12:5)`, or an empty text where the stack doesn't tell
 */
export function callerIn(stack: string | undefined): string {
  const lines = (stack ?? '').split('\n').map((line) => line.trim());
  const frames = lines.filter((line) => line.startsWith('at '));
  const isTensorflow = (frame: string) => /@tensorflow|tfjs/.test(frame);
  const entry = frames.findIndex(isTensorflow);
  if (entry < 0) return '';
  return frames.slice(entry).find((frame) => !isTensorflow(frame)) ?? '';
}
