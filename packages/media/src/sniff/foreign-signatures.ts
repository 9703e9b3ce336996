import type { RefusalCode } from '../media-refusal.ts';
import type { Signature } from './media-signatures.ts';

const image = 'image-not-video';
const other = 'not-media';

/** Files that are positively no audio or video, by the word they begin with. */
export const foreignSignatures: (Signature & { code: RefusalCode; seen: string })[] = [
  { magic: '\xff\xd8\xff', code: image, seen: 'a JPEG image' },
  { magic: '\x89PNG\r\n\x1a\n', code: image, seen: 'a PNG image' },
  { magic: 'GIF87a', code: image, seen: 'a GIF image' },
  { magic: 'GIF89a', code: image, seen: 'a GIF image' },
  { magic: 'RIFF', andAt: { offset: 8, magic: 'WEBP' }, code: image, seen: 'a WebP image' },
  { magic: 'BM', andAt: { offset: 6, magic: '\x00\x00\x00\x00' }, code: image, seen: 'a BMP image' },
  { magic: 'II*\x00', code: image, seen: 'a TIFF image' },
  { magic: 'MM\x00*', code: image, seen: 'a TIFF image' },
  { magic: '8BPS', code: image, seen: 'a Photoshop image' },
  { magic: '\x00\x00\x00\x0cjP  ', code: image, seen: 'a JPEG 2000 image' },
  { magic: '\x00\x00\x00\x0cJXL ', code: image, seen: 'a JPEG XL image' },
  { magic: '\xff\x0a', code: image, seen: 'a JPEG XL image' },
  { magic: '\x00\x00\x01\x00', code: image, seen: 'an icon' },
  { magic: '\x76\x2f\x31\x01', code: image, seen: 'an OpenEXR image' },
  { magic: '%PDF', code: other, seen: 'a PDF document' },
  { magic: 'PK\x03\x04', code: other, seen: 'a ZIP archive or office document' },
  { magic: 'PK\x05\x06', code: other, seen: 'a ZIP archive' },
  { magic: '\x1f\x8b', code: other, seen: 'a gzip archive' },
  { magic: 'BZh', code: other, seen: 'a bzip2 archive' },
  { magic: '\xfd7zXZ\x00', code: other, seen: 'an xz archive' },
  { magic: '\x28\xb5\x2f\xfd', code: other, seen: 'a Zstandard archive' },
  { magic: '7z\xbc\xaf\x27\x1c', code: other, seen: 'a 7-Zip archive' },
  { magic: 'Rar!\x1a\x07', code: other, seen: 'a RAR archive' },
  { at: 257, magic: 'ustar', code: other, seen: 'a tar archive' },
  { magic: '\x7fELF', code: other, seen: 'a program' },
  { magic: 'MZ', andAt: { offset: 2, magic: '\x90\x00' }, code: other, seen: 'a Windows program' },
  { magic: '\xcf\xfa\xed\xfe', code: other, seen: 'a program' },
  { magic: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', code: other, seen: 'an office document' },
  { magic: 'SQLite format 3\x00', code: other, seen: 'a database' },
  { magic: 'MThd', code: other, seen: 'a MIDI score, which holds notes and no sound' },
  { magic: '{\\rtf', code: other, seen: 'an RTF document' },
  { magic: '%!PS', code: other, seen: 'a PostScript document' },
  { magic: 'bplist', code: other, seen: 'a property list' },
  { magic: '\xac\x40', code: 'unsupported-codec', seen: 'AC-4 audio' },
  { magic: '\xac\x41', code: 'unsupported-codec', seen: 'AC-4 audio' },
];
