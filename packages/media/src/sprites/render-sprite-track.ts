import { spriteSheetFileName } from '@fyrestream/events';
import type { SpritePlan } from './plan-sprites.ts';

/**
 * WebVTT whose cues are areas of the sheets, for the seek bars of players; the files are in the same folder. Source:
 * W3C Media Fragments 1.0, 4.2.2 (`xywh`).
 */
export function renderSpriteTrack({ tiles, tileSize, columns, rows }: SpritePlan): string {
  const { width, height } = tileSize;
  const cues = tiles.map(({ startSeconds, endSeconds }, index) => {
    const sheet = Math.floor(index / (columns * rows));
    const place = index % (columns * rows);
    const [x, y] = [(place % columns) * width, Math.floor(place / columns) * height];
    const time = `${formatTime(startSeconds)} --> ${formatTime(endSeconds)}`;
    return `${time}\n${spriteSheetFileName(sheet + 1)}#xywh=${x},${y},${width},${height}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

function formatTime(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const padded = (value: number, digits: number) => `${Math.floor(value)}`.padStart(digits, '0');
  const [hours, minutes] = [milliseconds / 3_600_000, (milliseconds / 60_000) % 60];
  const wholeSeconds = (milliseconds / 1000) % 60;
  return `${padded(hours, 2)}:${padded(minutes, 2)}:${padded(wholeSeconds, 2)}.${padded(milliseconds % 1000, 3)}`;
}
