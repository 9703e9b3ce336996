import { latin1 } from './bytes.ts';

/** An EBML element with a length of eight bytes. @param id in hexadecimal */
export function element(id: string, ...content: Uint8Array[]): Uint8Array {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from(id, 'hex'), lengthOf(BigInt(body.length)), body]);
}

/** An element that states another length than it has. */
export function lyingElement(id: string, statedBytes: bigint, content: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(id, 'hex'), lengthOf(statedBytes), content]);
}

function lengthOf(bytes: bigint): Uint8Array {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE((1n << 56n) | bytes);
  return size;
}

export function unsigned(id: string, value: number | bigint): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return element(id, bytes);
}

function float(id: string, value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return element(id, bytes);
}

export function text(id: string, value: string): Uint8Array {
  return element(id, Buffer.from(value));
}

export interface VideoEntry {
  readonly codec?: string;
  readonly width?: number;
  readonly height?: number;
  readonly extra?: Uint8Array;
}

export function videoTrack(
  number: number,
  { codec = 'V_MJPEG', width = 64, height = 48, extra = latin1('') }: VideoEntry = {},
) {
  const size = element('e0', unsigned('b0', width), unsigned('ba', height));
  return trackEntry(number, 1, codec, size, extra);
}

export interface AudioEntry {
  readonly channels?: number;
  readonly sampleRate?: number;
}

/** Audio of 16 bits per sample, not compressed. */
export function audioTrack(number: number, { channels = 1, sampleRate = 8_000 }: AudioEntry = {}) {
  const layout = element('e1', float('b5', sampleRate), unsigned('9f', channels), unsigned('6264', 16));
  return trackEntry(number, 2, 'A_PCM/INT/LIT', layout);
}

export function subtitleTrack(number: number) {
  return trackEntry(number, 0x11, 'S_TEXT/UTF8');
}

/** A subtitle track whose blocks share their first bytes. */
export function sharedHeaderTrack(number: number, codec: string, header: Uint8Array) {
  return trackEntry(number, 0x11, codec, headerStripping(header));
}

/** The first bytes of all blocks of a track, which it has once. Source: RFC 9559, 5.1.4.1.31 */
export function headerStripping(header: Uint8Array): Uint8Array {
  const stripping = element('5034', unsigned('4254', 3), element('4255', header));
  const encoding = element('6240', unsigned('5031', 0), unsigned('5032', 1), unsigned('5033', 0), stripping);
  return element('6d80', encoding);
}

function trackEntry(number: number, type: number, codec: string, ...more: Uint8Array[]) {
  return element(
    'ae',
    unsigned('d7', number),
    unsigned('73c5', number),
    unsigned('83', type),
    text('86', codec),
    ...more,
  );
}

/** A block in a cluster of its own. */
export interface Block {
  readonly track: number;
  readonly milliseconds: number | bigint;
  readonly bytes: Uint8Array;
  /** For subtitles. */
  readonly durationMilliseconds?: number;
}

function cluster({ track, milliseconds, bytes, durationMilliseconds }: Block): Uint8Array {
  const head = Buffer.from([0x80 | track, 0, 0, durationMilliseconds === undefined ? 0x80 : 0]);
  const payload = Buffer.concat([head, bytes]);
  const block =
    durationMilliseconds === undefined
      ? element('a3', payload)
      : element('a0', element('a1', payload), unsigned('9b', durationMilliseconds));
  return element('1f43b675', unsigned('e7', milliseconds), block);
}

export interface MatroskaFile {
  readonly tracks: readonly Uint8Array[];
  readonly blocks?: readonly Block[];
  /** Milliseconds; whatever the blocks say. */
  readonly duration?: number;
  readonly title?: string;
  /** Elements before the clusters: tags, attachments, cues. */
  readonly more?: readonly Uint8Array[];
}

/** Source: RFC 9559 and RFC 8794. */
export function matroska({
  tracks,
  blocks = [],
  duration = 1_000,
  title = '',
  more = [],
}: MatroskaFile): Uint8Array {
  const information = element(
    '1549a966',
    unsigned('2ad7b1', 1_000_000),
    float('4489', duration),
    ...(title === '' ? [] : [text('7ba9', title)]),
  );
  const segment = element(
    '18538067',
    information,
    element('1654ae6b', ...tracks),
    ...more,
    Buffer.concat(blocks.map(cluster)),
  );
  return Buffer.concat([element('1a45dfa3', text('4282', 'matroska')), segment]);
}

/** Blocks of one frame, at regular times. */
export function videoBlocks(frame: Uint8Array, count: number, stepMilliseconds: number): Block[] {
  return Array.from({ length: count }, (_, index) => ({
    track: 1,
    milliseconds: index * stepMilliseconds,
    bytes: frame,
  }));
}
