import type { SourceScanner } from './source-scan.ts';

/** The signature of a format: bytes as Latin-1, and a test of the bytes after it. */
interface FileStart {
  readonly magic: string;
  readonly isStart: (bytes: Uint8Array) => boolean;
}

const always = () => true;
const holds = (text: string) => (bytes: Uint8Array) => Buffer.from(bytes).includes(text, 0, 'latin1');

/** Formats of which ffmpeg reads only the first file, or treats the times of the second file as those of the first. */
const fileStarts: ReadonlyMap<string, FileStart> = new Map<string, FileStart>([
  [
    'matroska',
    {
      magic: '\x1a\x45\xdf\xa3',
      isStart: (bytes) => holds('\x42\x82')(bytes) && (holds('webm')(bytes) || holds('matroska')(bytes)),
    },
  ],
  ['wav', { magic: 'RIFF', isStart: (bytes) => holds('WAVE')(bytes.subarray(8, 12)) }],
  // The first block of metadata is STREAMINFO, 34 bytes long. Source: RFC 9639, 8.2
  ['flac', { magic: 'fLaC', isStart: (bytes) => holds('\0\0\x22')(bytes.subarray(5, 8)) }],
  ['aiff', { magic: 'FORM', isStart: (bytes) => holds('AIF')(bytes.subarray(8, 11)) }],
  ['caf', { magic: 'caff\0\x01', isStart: (bytes) => holds('desc')(bytes.subarray(8, 12)) }],
  ['flv', { magic: 'FLV\x01', isStart: (bytes) => holds('\0\0\0\x09')(bytes.subarray(5, 9)) }],
  ['asf', { magic: '\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c', isStart: always }],
  ['nut', { magic: 'nut/multimedia container\0', isStart: always }],
  ['mxf', { magic: '\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02\x01\x01\x02', isStart: always }],
]);

/** Number of bytes that identify a header. */
const headerBytes = 64;

/**
 * Finds the start of a second file; null for formats that ffmpeg reads completely, or that are scanned by their boxes.
 */
export function createAppendedFileScanner(demuxer: string): SourceScanner | null {
  const start = fileStarts.get(demuxer);
  if (start === undefined) return null;
  const { magic, isStart } = start;
  let rest = Buffer.alloc(0);
  let position = 0;
  let appendedAtBytes: number | null = null;
  const look = (bytes: Buffer, isLast: boolean) => {
    const end = isLast ? bytes.length : bytes.length - headerBytes;
    for (let at = bytes.indexOf(magic, 0, 'latin1'); at !== -1 && at < end; ) {
      if (position + at > 0 && isStart(bytes.subarray(at, at + headerBytes))) {
        appendedAtBytes = position + at;
        return;
      }
      at = bytes.indexOf(magic, at + 1, 'latin1');
    }
  };
  return {
    push(chunk) {
      // A second file was found: the rest is not scanned.
      if (appendedAtBytes !== null) return Number.POSITIVE_INFINITY;
      const bytes = Buffer.concat([rest, chunk]);
      look(bytes, false);
      const kept = Math.min(bytes.length, headerBytes + magic.length);
      position += bytes.length - kept;
      rest = Buffer.from(bytes.subarray(bytes.length - kept));
      return 0;
    },
    end() {
      if (appendedAtBytes === null) look(rest, true);
      return { appendedAtBytes };
    },
  };
}
