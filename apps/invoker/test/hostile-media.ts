import { constants, deflateRawSync } from 'node:zlib';

/** Files on which MediaInfo throws, loops, takes all memory or reports absurd numbers, by attack. */
export const hostileMedia: Readonly<Record<string, () => Buffer>> = {
  'nested-metadata.flv': nestedFlvMetadata,
  'tracks-3000.mkv': () => matroska(tracks(3_000)),
  'tags-200000.mkv': () => matroska(Buffer.concat([tracks(1), tags(200_000)])),
  'streams-5000.ogg': () => oggStreams(5_000),
  'duration-1e300.mkv': () => matroska(tracks(1), 1e300),
  'compressed-header.mov': () => compressedHeader(700),
};

/** An `onMetaData` tag whose AMF objects contain each other 100,000 times. */
function nestedFlvMetadata(): Buffer {
  const object = Buffer.from([0x03, 0x00, 0x01, 0x61]);
  const name = Buffer.concat([Buffer.from([0x02, 0x00, 0x0a]), Buffer.from('onMetaData')]);
  const body = Buffer.concat([name, ...Array<Buffer>(100_000).fill(object)]);
  const tag = Buffer.alloc(11);
  tag[0] = 0x12;
  tag.writeUIntBE(body.length, 1, 3);
  const header = Buffer.from([0x46, 0x4c, 0x56, 1, 5, 0, 0, 0, 9, 0, 0, 0, 0]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length + tag.length);
  return Buffer.concat([header, tag, body, size]);
}

/** An EBML element with a length of eight bytes. */
function element(id: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE((1n << 56n) | BigInt(body.length));
  return Buffer.concat([Buffer.from(id, 'hex'), size, body]);
}

function float(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

function matroska(content: Buffer, duration = 1_000): Buffer {
  const header = element('1a45dfa3', element('4282', Buffer.from('matroska')));
  const information = element(
    '1549a966',
    element('2ad7b1', Buffer.from([0x0f, 0x42, 0x40])),
    element('4489', float(duration)),
  );
  return Buffer.concat([header, element('18538067', information, content)]);
}

function tracks(count: number): Buffer {
  const entries = Array.from({ length: count }, (_, index) => {
    const number = Buffer.from([(index + 1) >> 8, (index + 1) & 255]);
    const video = element('e0', element('b0', Buffer.from([0x40])), element('ba', Buffer.from([0x30])));
    return element(
      'ae',
      element('d7', number),
      element('73c5', number),
      element('83', Buffer.from([1])),
      element('86', Buffer.from('V_MPEG4/ISO/AVC')),
      video,
    );
  });
  return element('1654ae6b', ...entries);
}

function tags(count: number): Buffer {
  const simple = Array.from({ length: count }, (_, index) =>
    element('67c8', element('45a3', Buffer.from(`N${index}`)), element('4487', Buffer.from('v'))),
  );
  return element('1254c367', element('7373', element('63c0'), Buffer.concat(simple)));
}

/** First pages of logical streams, without their checksums. */
function oggStreams(count: number): Buffer {
  const head = Buffer.from('4f70757348656164010200000080bb0000000000', 'hex').subarray(0, 19);
  return Buffer.concat(
    Array.from({ length: count }, (_, index) => {
      const page = Buffer.alloc(28);
      page.write('OggS', 0, 'latin1');
      page[5] = 2;
      page.writeUInt32LE(index + 1, 14);
      page[26] = 1;
      page[27] = head.length;
      return Buffer.concat([page, head]);
    }),
  );
}

function box(type: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(body.length + 8);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
}

/** A movie header that QuickTime stores compressed: about one kilobyte for each mebibyte that it inflates to. */
function compressedHeader(mebibytes: number): Buffer {
  const inflatedSize = Buffer.alloc(4);
  inflatedSize.writeUInt32BE(mebibytes * 2 ** 20);
  // A full flush makes the block independent of the previous ones, so it can be repeated.
  const mebibyte = deflateRawSync(Buffer.alloc(2 ** 20), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const zlibHeader = Buffer.from([0x78, 0xda]);
  const compressed = Buffer.concat([zlibHeader, ...Array<Buffer>(mebibytes).fill(mebibyte)]);
  return Buffer.concat([
    box('ftyp', Buffer.from('qt  \0\0\0\0qt  ')),
    box('moov', box('cmov', box('dcom', Buffer.from('zlib')), box('cmvd', inflatedSize, compressed))),
    box('mdat', Buffer.alloc(1_000)),
  ]);
}
