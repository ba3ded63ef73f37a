/** The Python wheel that TensorFlow's libraries and headers are taken from; no Python is needed to read it. */
export interface Wheel {
  /** Name in the package index. */
  readonly project: string;
  readonly version: string;
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  /** What pip calls the platform. */
  readonly platformTag: string;
  /** Bytes of the libraries inside, unpacked. */
  readonly unpackedSize: number;
}

/** TensorFlow of the engine; `@whereabouts/xla` writes its graphs for this version. */
const tensorflowVersion = '2.21.0';

/** The libraries don't depend on Python's version, so one wheel of each platform does; its hash is the index's own. */
export const pythonTag = 'cp311';

/** The two libraries inside the wheel. */
export const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] as const;

const wheels: Readonly<Record<string, Wheel>> = {
  'linux-x64': {
    project: 'tensorflow-cpu',
    version: tensorflowVersion,
    file: 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
    size: 273_829_956,
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
    platformTag: 'manylinux_2_27_x86_64',
    unpackedSize: 853_308_936,
  },
  'linux-arm64': {
    project: 'tensorflow',
    version: tensorflowVersion,
    file: 'tensorflow-2.21.0-cp311-cp311-manylinux_2_27_aarch64.whl',
    size: 281_828_020,
    sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
    platformTag: 'manylinux_2_27_aarch64',
    unpackedSize: 883_062_208,
  },
};

/** The C library that the wheels were built for. */
const oldestGlibc = [2, 27] as const;

/**
 * The wheel for a machine, or why there is none.
 *
 * @param machine.glibc version of the GNU C library; undefined where there is another one
 */
export function wheelFor(machine: {
  readonly platform: string;
  readonly arch: string;
  readonly glibc: string | undefined;
}): Wheel | { readonly reason: string } {
  const { platform, arch, glibc } = machine;
  const wheel = wheels[`${platform}-${arch}`];
  if (wheel === undefined)
    return { reason: `it can be built on linux-x64 and linux-arm64, and this is ${platform}-${arch}` };
  const [major = 0, minor = 0] = glibc?.split('.').map(Number) ?? [];
  if (major < oldestGlibc[0] || (major === oldestGlibc[0] && minor < oldestGlibc[1]))
    return {
      reason: `TensorFlow needs the GNU C library ${oldestGlibc.join('.')} or newer, and here is ${glibc ?? 'another C library'}`,
    };
  return wheel;
}

/** Version of this machine's GNU C library, undefined where Node runs on another one. */
export function glibcVersion(): string | undefined {
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return header?.glibcVersionRuntime;
}
