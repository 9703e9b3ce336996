import type { PublishedRendition } from '@fyrestream/events';
import { type Finding, formatDuration, type StageDuration } from '@fyrestream/operations';
import type { Terminal } from '../terminal.ts';
import type { Colour } from '../terminal-text.ts';
import { drawKeyValues, drawTable } from './draw-table.ts';
import { formatBitrate, formatBytes } from './format-values.ts';

/** One line per published rendition. */
export function renditionsTable(renditions: readonly PublishedRendition[]): string {
  const rows = renditions.map((rendition) => [
    rendition.name,
    rendition.width === null ? rendition.kind : `${rendition.width}×${rendition.height}`,
    rendition.codec,
    formatBitrate(rendition.averageBitrateBitsPerSecond),
    formatBytes(rendition.sizeBytes),
  ]);
  const aligns = ['left', 'left', 'left', 'right', 'right'] as const;
  return drawTable(['RENDITION', 'RESOLUTION', 'CODEC', 'BITRATE', 'SIZE'], rows, [...aligns]);
}

/** One line per step of a job. */
export function stagesTable(steps: readonly StageDuration[]): string {
  const rows = steps.map(({ name, seconds }) => [name, formatDuration(seconds)]);
  return drawTable(['STEP', 'TOOK'], rows, ['left', 'right']);
}

const marks: Record<Finding['verdict'], readonly [string, Colour]> = {
  well: ['✓', 'green'],
  wrong: ['✗', 'red'],
  unknown: ['–', 'dim'],
};

/** One line per finding of the doctor. */
export function findingsTable(findings: readonly Finding[], terminal: Pick<Terminal, 'colour'>): string {
  return drawKeyValues(
    findings.map(({ about, verdict, message }) => {
      const [mark, colour] = marks[verdict];
      return [terminal.colour(colour, `${mark} ${about}`), message];
    }),
  );
}
