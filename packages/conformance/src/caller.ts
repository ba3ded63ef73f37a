/** Where TensorFlow.js was called from, as a line of a stack: the first one below its own lines. */
export function callerIn(stack: string | undefined): string {
  const frames = (stack ?? '').split('\n').filter((line) => line.trim().startsWith('at '));
  const isTensorflow = (frame: string) => /@tensorflow|tfjs/.test(frame);
  const entry = frames.findIndex(isTensorflow);
  return (
    frames
      .slice(entry)
      .find((frame) => entry >= 0 && !isTensorflow(frame))
      ?.trim() ?? 'somewhere'
  );
}
