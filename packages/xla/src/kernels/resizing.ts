import type { Dtype } from '../graph/dtype.js';
import type { Value } from '../graph/graph.js';
import type { Kernel, Kernels } from './kernel.js';

const resize = (op: string, resultOf: (dtype: Dtype) => Dtype): Kernel => ({
  record: ({ graph, inputs, attributes }) => {
    const images = inputs.images as Value;
    const size = attributes.size as [number, number];
    const [batch, , , channels] = images.shape as [number, number, number, number];
    return graph.value(
      op,
      [images, graph.integers(size)],
      { dtype: resultOf(images.dtype), shape: [batch, ...size, channels] },
      {
        T: { type: images.dtype },
        align_corners: { bool: attributes.alignCorners === true },
        half_pixel_centers: { bool: attributes.halfPixelCenters === true },
      },
    );
  },
});

// As TensorFlow.js computes them, on every backend: without regard to half-pixel centres.
const gradient = (op: string, sourceOf: 'images' | 'size'): Kernel => ({
  record: ({ graph, inputs, attributes }) => {
    const { images, dy } = inputs as { images: Value; dy: Value };
    const source = sourceOf === 'images' ? images : graph.integers(images.shape.slice(1, 3));
    return graph.value(op, [dy, source], images, {
      T: { type: images.dtype },
      align_corners: { bool: attributes.alignCorners === true },
      half_pixel_centers: { bool: false },
    });
  },
});

/** Images of another size: `[batch, rows, columns, channels]`. */
export const resizing: Kernels = {
  ResizeBilinear: resize('ResizeBilinear', () => 'float32'),
  ResizeBilinearGrad: gradient('ResizeBilinearGrad', 'images'),
  ResizeNearestNeighbor: resize('ResizeNearestNeighbor', (dtype) => dtype),
  ResizeNearestNeighborGrad: gradient('ResizeNearestNeighborGrad', 'size'),
  CropAndResize: {
    record: ({ graph, inputs, attributes }) => {
      const { image, boxes, boxInd } = inputs as { image: Value; boxes: Value; boxInd: Value };
      const cropSize = attributes.cropSize as [number, number];
      return graph.value(
        'CropAndResize',
        [image, boxes, boxInd, graph.integers(cropSize)],
        { dtype: 'float32', shape: [boxes.shape[0] as number, ...cropSize, image.shape[3] as number] },
        {
          T: { type: image.dtype },
          method: { text: attributes.method as string },
          extrapolation_value: { float: attributes.extrapolationValue as number },
        },
      );
    },
  },
};
