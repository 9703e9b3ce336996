import type { PublishedRendition } from '@fyrestream/events';
import { formatBitrate, formatBytes } from './format-bytes.ts';
import { table } from './table.ts';

/** Renditions as people compare them. */
export function renditionsTable(renditions: readonly PublishedRendition[]): string {
  const rows = renditions.map((rendition) => [
    rendition.name,
    rendition.width === null ? rendition.kind : `${rendition.width}×${rendition.height}`,
    rendition.codec,
    formatBitrate(rendition.averageBitrateBitsPerSecond),
    formatBytes(rendition.sizeBytes),
  ]);
  const aligns = ['left', 'left', 'left', 'right', 'right'] as const;
  return table(['RENDITION', 'RESOLUTION', 'CODEC', 'BITRATE', 'SIZE'], rows, [...aligns]);
}
