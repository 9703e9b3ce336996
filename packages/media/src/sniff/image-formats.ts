import type { Signature } from './media-signatures.ts';
import {
  type ImageMotion,
  sniffGifMotion,
  sniffJpegMotion,
  sniffPngMotion,
  sniffWebpMotion,
} from './sniff-moving-image.ts';

export interface ImageFormat {
  readonly name: string;
  readonly signatures: readonly Signature[];
  /** ffmpeg's demuxer for its animations; null if neither ffmpeg 5.1 nor 7.1 decodes them. */
  readonly demuxer: string | null;
  readonly mediaType: string;
  readonly sniff: (bytes: Uint8Array) => ImageMotion;
}

/** Image formats that also contain animations. */
export const imageFormats: readonly ImageFormat[] = [
  {
    name: 'GIF',
    signatures: [{ magic: 'GIF87a' }, { magic: 'GIF89a' }],
    demuxer: 'gif',
    mediaType: 'image/gif',
    sniff: sniffGifMotion,
  },
  {
    name: 'PNG',
    signatures: [{ magic: '\x89PNG\r\n\x1a\n' }],
    demuxer: 'apng',
    mediaType: 'image/apng',
    sniff: sniffPngMotion,
  },
  {
    name: 'JPEG',
    signatures: [{ magic: '\xff\xd8\xff' }],
    demuxer: 'mjpeg',
    mediaType: 'video/x-motion-jpeg',
    sniff: sniffJpegMotion,
  },
  {
    name: 'WebP',
    signatures: [{ magic: 'RIFF', andAt: { offset: 8, magic: 'WEBP' } }],
    demuxer: null,
    mediaType: 'image/webp',
    sniff: sniffWebpMotion,
  },
];

/**
 * Number of images that a file read by one of these demuxers must have to count as video. A phone's JPEG may have
 * three: the photo, its gain map and its depth map.
 */
export const minVideoImages: ReadonlyMap<string, number> = new Map([
  ['gif', 2],
  ['apng', 2],
  ['mjpeg', 4],
]);
