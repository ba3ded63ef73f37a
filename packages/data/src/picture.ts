/** Height and width in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A decoded picture in host memory. */
export interface Picture extends Size {
  /** `[height, width, 3]` uint8, red, green, blue. */
  readonly pixels: Uint8Array;
}
