/**
 * `[length]` int32: each example of an order `repeats` times in a row, cut where the order was as long; so an epoch sees one
 * example in `repeats`, each with as many augmentations.
 *
 * @source Hoffer et al., Augment your batch (arXiv 1901.09335); as timm's `RepeatAugSampler` for one device, whose epochs it
 *   also cuts to a multiple of 256
 */
export function repeatedOrder(order: Int32Array, repeats: number): Int32Array {
  return order.map((_, place) => order[Math.floor(place / repeats)] as number);
}
