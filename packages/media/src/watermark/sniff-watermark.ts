import { imageFormats } from '../sniff/image-formats.ts';
import { matchesSignature } from '../sniff/matches-signature.ts';
import type { WatermarkDemuxer } from './watermark-file.ts';

const demuxers: Readonly<Record<string, WatermarkDemuxer>> = {
  PNG: 'png_pipe',
  WebP: 'webp_pipe',
  JPEG: 'jpeg_pipe',
};

/** The demuxer for an image, by its first bytes; null if it is none that a watermark may be. */
export function sniffWatermark(bytes: Uint8Array): WatermarkDemuxer | null {
  const format = imageFormats.find(({ signatures }) =>
    signatures.some((signature) => matchesSignature(bytes, signature)),
  );
  return demuxers[format?.name ?? ''] ?? null;
}
