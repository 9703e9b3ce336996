/** Reads a range of bytes of a file; fewer at the end of the file. */
export type RangeReader = (offset: number, lengthBytes: number) => Promise<Uint8Array>;
