import type { RefusalCode } from '../media-refusal.ts';
import type { Signature } from './media-signatures.ts';

const image = 'image-not-video';
const other = 'not-media';

/** Signatures of files that are certainly not audio or video. */
export const foreignSignatures: (Signature & { code: RefusalCode; content: string })[] = [
  { magic: 'BM', andAt: { offset: 6, magic: '\x00\x00\x00\x00' }, code: image, content: 'a BMP image' },
  { magic: 'II*\x00', code: image, content: 'a TIFF image' },
  { magic: 'MM\x00*', code: image, content: 'a TIFF image' },
  { magic: '8BPS', code: image, content: 'a Photoshop image' },
  { magic: '\x00\x00\x00\x0cjP  ', code: image, content: 'a JPEG 2000 image' },
  { magic: '\x00\x00\x00\x0cJXL ', code: image, content: 'a JPEG XL image' },
  { magic: '\xff\x0a', code: image, content: 'a JPEG XL image' },
  { magic: '\x00\x00\x01\x00', code: image, content: 'an icon' },
  { magic: '\x76\x2f\x31\x01', code: image, content: 'an OpenEXR image' },
  { magic: '%PDF', code: other, content: 'a PDF document' },
  { magic: 'PK\x03\x04', code: other, content: 'a ZIP archive or office document' },
  { magic: 'PK\x05\x06', code: other, content: 'a ZIP archive' },
  { magic: '\x1f\x8b', code: other, content: 'a gzip archive' },
  { magic: 'BZh', code: other, content: 'a bzip2 archive' },
  { magic: '\xfd7zXZ\x00', code: other, content: 'an xz archive' },
  { magic: '\x28\xb5\x2f\xfd', code: other, content: 'a Zstandard archive' },
  { magic: '7z\xbc\xaf\x27\x1c', code: other, content: 'a 7-Zip archive' },
  { magic: 'Rar!\x1a\x07', code: other, content: 'a RAR archive' },
  { at: 257, magic: 'ustar', code: other, content: 'a tar archive' },
  { magic: '\x7fELF', code: other, content: 'a program' },
  { magic: 'MZ', andAt: { offset: 2, magic: '\x90\x00' }, code: other, content: 'a Windows program' },
  { magic: '\xcf\xfa\xed\xfe', code: other, content: 'a program' },
  { magic: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', code: other, content: 'an office document' },
  { magic: 'SQLite format 3\x00', code: other, content: 'a database' },
  { magic: 'MThd', code: other, content: 'a MIDI file, which contains notes and no audio' },
  { magic: '{\\rtf', code: other, content: 'an RTF document' },
  { magic: '%!PS', code: other, content: 'a PostScript document' },
  { magic: 'bplist', code: other, content: 'a property list' },
  { magic: '\xac\x40', code: 'unsupported-codec', content: 'AC-4 audio' },
  { magic: '\xac\x41', code: 'unsupported-codec', content: 'AC-4 audio' },
];
