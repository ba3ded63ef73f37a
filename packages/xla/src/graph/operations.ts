/** What the compiler must know about a TensorFlow operation. */
export interface OperationFacts {
  /** The names of its outputs in its definition; where there is one name, it may stand for a list of tensors. */
  readonly outputs: readonly string[];
  /**
   * Whether XLA computes it better than TensorFlow's own kernel does when it stands among others of its kind:
   * elementwise operations, reductions, changes of shape.
   */
  readonly island: boolean;
  /** Whether it may be part of what XLA computes: it has a kernel there, and is neither input nor state nor constant. */
  readonly xla: boolean;
  /** Whether it multiplies and adds up, so that its float inputs may be bfloat16. */
  readonly product: boolean;
}

type Entries = Readonly<Record<string, OperationFacts>>;

const each = (facts: OperationFacts, ...names: string[]): Entries =>
  Object.fromEntries(names.map((name) => [name, facts]));
const plain = { island: false, xla: true, product: false } as const;
const island = (...outputs: string[]): OperationFacts => ({ ...plain, outputs, island: true });
const alone = (...outputs: string[]): OperationFacts => ({ ...plain, outputs });
const product = (...outputs: string[]): OperationFacts => ({ ...plain, outputs, product: true });
const foreign = (...outputs: string[]): OperationFacts => ({ ...plain, outputs, xla: false });

const state: Entries = {
  Placeholder: foreign('output'),
  VarHandleOp: foreign('resource'),
  ReadVariableOp: foreign('value'),
  AssignVariableOp: foreign(),
  NoOp: foreign(),
};

const elementwise: Entries = {
  ...each(island('z'), 'AddV2', 'Sub', 'Mul', 'RealDiv', 'FloorDiv', 'FloorMod', 'Maximum', 'Minimum', 'Pow'),
  ...each(island('z'), 'SquaredDifference', 'Atan2', 'LogicalAnd', 'LogicalOr'),
  ...each(island('z'), 'Equal', 'NotEqual', 'Greater', 'GreaterEqual', 'Less', 'LessEqual'),
  ...each(
    island('y'),
    'Neg',
    'Abs',
    'Sign',
    'Square',
    'Sqrt',
    'Rsqrt',
    'Reciprocal',
    'Exp',
    'Expm1',
    'Log',
    'Log1p',
  ),
  ...each(
    island('y'),
    'Erf',
    'Sigmoid',
    'Tanh',
    'Floor',
    'Ceil',
    'Round',
    'Sin',
    'Cos',
    'Tan',
    'Asin',
    'Acos',
  ),
  ...each(
    island('y'),
    'Atan',
    'Sinh',
    'Cosh',
    'Asinh',
    'Acosh',
    'Atanh',
    'IsNan',
    'IsInf',
    'IsFinite',
    'LogicalNot',
  ),
  ...each(island('y'), 'Cast', 'ZerosLike', 'OnesLike'),
  ...each(island('activations'), 'Relu', 'Relu6', 'Elu', 'Selu', 'LeakyRelu', 'Softplus'),
  EluGrad: island('backprops'),
  AddN: island('sum'),
  SelectV2: island('output'),
};

const reductions: Entries = {
  ...each(island('output'), 'Sum', 'Mean', 'Prod', 'All', 'Any'),
  // XLA runs these on one core where TensorFlow takes all.
  ...each(alone('output'), 'Max', 'Min', 'ArgMax', 'ArgMin'),
  Softmax: alone('softmax'),
  ...each(alone('out'), 'Cumsum', 'Cumprod'),
  TopKV2: alone('values', 'indices'),
};

const shapes: Entries = {
  BroadcastArgs: alone('r0'),
  Identity: foreign('output'), // a result that waits for assignments
  ...each(island('output'), 'Reshape', 'Slice', 'StridedSlice', 'SplitV', 'Unpack', 'ConcatV2', 'Pack'),
  ...each(island('output'), 'Tile', 'BroadcastTo', 'PadV2', 'MirrorPad', 'ReverseV2', 'DepthToSpace'),
  ...each(island('output'), 'SpaceToBatchND', 'BatchToSpaceND', 'Diag'),
  Transpose: island('y'),
};

const sources: Entries = {
  Const: foreign('output'), // an island that reads a small one has its own
  ...each(island('output'), 'Fill', 'Range', 'LinSpace', 'OneHot'),
};

const selections: Entries = {
  ...each(alone('output'), 'GatherV2', 'GatherNd', 'ScatterNd', 'TensorScatterUpdate', 'UnsortedSegmentSum'),
  Bincount: alone('bins'),
  SparseToDense: alone('dense'),
};

const products: Entries = {
  MatMul: product('product'),
  ...each(product('output'), 'BatchMatMulV2', 'Einsum'),
  ...each(
    product('output'),
    'Conv2D',
    'Conv2DBackpropInput',
    'Conv2DBackpropFilter',
    'DepthwiseConv2dNative',
  ),
  ...each(product('output'), 'DepthwiseConv2dNativeBackpropInput', 'DepthwiseConv2dNativeBackpropFilter'),
  ...each(product('output'), 'Conv3D', 'Conv3DBackpropInputV2', 'Conv3DBackpropFilterV2'),
};

const images: Entries = {
  ...each(alone('output'), 'AvgPool', 'AvgPoolGrad', 'MaxPool', 'MaxPoolGrad', 'AvgPool3D', 'AvgPool3DGrad'),
  ...each(alone('output'), 'MaxPool3D', 'MaxPool3DGrad', 'LRN', 'LRNGrad'),
  Dilation2D: foreign('output'),
  Dilation2DBackpropInput: foreign('in_backprop'),
  Dilation2DBackpropFilter: foreign('filter_backprop'),
  ...each(alone('resized_images'), 'ResizeBilinear', 'ResizeNearestNeighbor'),
  ResizeBilinearGrad: alone('output'),
  ResizeNearestNeighborGrad: foreign('output'),
  CropAndResize: foreign('crops'),
};

const complex: Entries = {
  Complex: alone('out'),
  ...each(alone('output'), 'Real', 'Imag', 'FFT', 'IFFT'),
  ComplexAbs: alone('y'),
};

/** By TensorFlow's name of the operation. */
export const operations: Entries = {
  ...state,
  ...elementwise,
  ...reductions,
  ...shapes,
  ...sources,
  ...selections,
  ...products,
  ...images,
  ...complex,
};
