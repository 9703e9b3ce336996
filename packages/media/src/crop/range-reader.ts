/** Reads bytes of a file; fewer where it ends before. */
export type RangeReader = (offset: number, lengthBytes: number) => Promise<Uint8Array>;
