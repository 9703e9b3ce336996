/** An element of a container: a box, an EBML element, a RIFF chunk, an FLV tag or a transport packet. */
export interface Chunk {
  /** Its type, with those of its parents: `moov/trak/mdia`. */
  readonly name: string;
  readonly start: number;
  readonly bodyStart: number;
  readonly end: number;
  /** Null if the format gives all elements one size. */
  readonly size: SizeField | null;
}

/** The field that holds the size of an element. */
export interface SizeField {
  readonly offset: number;
  readonly bytes: number;
  readonly encoding: 'big-endian' | 'little-endian' | 'ebml';
  /** The size that is stored minus that of the body. */
  readonly addedBytes: number;
}

/** No sample has as many; damaged nesting could list far more. */
export const maxChunks = 4_000;
