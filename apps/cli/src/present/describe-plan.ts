import type { EncodePlan, PlannedRendition } from '@fyrestream/media';
import type { LocalFile } from '../files/local-file.ts';
import type { PlannedUpload } from '../plan/plan-upload.ts';
import { describeStreams } from './describe-streams.ts';
import { formatBitrate, formatBytes } from './format-bytes.ts';
import { formatDuration } from './format-duration.ts';
import { formatTaskSize } from './format-task-size.ts';
import { facts as factsTable, table } from './table.ts';

/** What would be made of a file and why, for a person: paragraphs. */
export function describePlan(file: LocalFile, { facts, plan, size, cost }: PlannedUpload): string {
  const duration = plan.durationSeconds === null ? 'of unknown length' : formatDuration(plan.durationSeconds);
  const paragraphs = [
    factsTable([
      ['file', `${file.typed}, ${formatBytes(file.sizeBytes)}, ${facts.container}, ${duration}`],
      ...describeStreams(facts).map((line, index): [string, string] => [index === 0 ? 'streams' : '', line]),
      ['timeline', plan.timeline.why],
      ['task', `${formatTaskSize(size)}, ${size.ephemeralStorageGiB} GiB of disk`],
      [
        'estimate',
        `$${cost.dollars.toFixed(4)}, on Spot $${cost.dollarsOnSpot.toFixed(4)}, for ${formatDuration(cost.taskSeconds)}`,
      ],
    ]),
    ...videoParagraphs(plan),
    ...audioParagraphs(plan),
    ...leftOutParagraph(plan),
  ];
  return paragraphs.join('\n\n');
}

function videoParagraphs({ video }: EncodePlan): string[] {
  if (video === null) return ['No video: the sound is published alone.'];
  const rungs = [
    ...video.branches.flatMap(({ renditions }) => renditions.map(renditionRow)),
    ...video.dropped.map(({ codec, shortEdgePixels, reason, why }) => [
      `${codec}-${shortEdgePixels}`,
      'dropped',
      '',
      '',
      `${why} (${reason})`,
    ]),
  ];
  const aligns = ['left', 'left', 'right', 'right', 'left'] as const;
  const { numerator, denominator } = video.frameRate;
  return [
    table(['RENDITION', 'RESOLUTION', 'CRF', 'CEILING', 'WHY'], rungs, [...aligns]),
    factsTable([
      ['frame rate', `${numerator}/${denominator}: ${video.frameRateWhy}`],
      ['orientation', video.orientationWhy],
      ['captions', `${video.closedCaptions.action}: ${video.closedCaptions.why}`],
    ]),
    reasons('VIDEO FILTERS', [...video.filters, ...video.branches.flatMap(({ filters }) => filters)]),
  ];
}

function renditionRow(rendition: PlannedRendition): string[] {
  const { id, width, height, constantRateFactor, maximumBitrateBitsPerSecond, why } = rendition;
  return [
    id,
    `${width}×${height}`,
    String(constantRateFactor),
    formatBitrate(maximumBitrateBitsPerSecond),
    why,
  ];
}

function audioParagraphs({ audio, audioPreparation, subtitles }: EncodePlan): string[] {
  const tracks = [
    ...audio.map((track) => [
      track.id,
      track.language ?? '',
      track.name,
      formatBitrate(track.bitrateBitsPerSecond),
      `stream ${track.streamIndex}`,
    ]),
    ...subtitles.map((track) => [track.id, track.language ?? '', track.name, '', track.why]),
  ];
  const preparation =
    audioPreparation === null ? [] : [{ filter: 'prepared first', why: audioPreparation.why }];
  return [
    ...(tracks.length > 0 ? [table(['TRACK', 'LANGUAGE', 'NAME', 'BITRATE', 'FROM'], tracks)] : []),
    ...audio.map((track, index) =>
      reasons(`FILTERS OF ${track.id.toUpperCase()}`, [
        ...(index === 0 ? preparation : []),
        ...track.filters,
      ]),
    ),
  ];
}

function leftOutParagraph({ leftOut }: EncodePlan): string[] {
  if (leftOut.length === 0) return [];
  const rows = leftOut.map(({ streamIndex, kind, why }) => [
    streamIndex === null ? '' : String(streamIndex),
    kind,
    why,
  ]);
  return [table(['LEFT OUT', 'KIND', 'WHY'], rows)];
}

/** Filters are long: each on a line of its own, its reason below it. */
function reasons(heading: string, filters: readonly { filter: string; why: string }[]): string {
  return [heading, ...filters.flatMap(({ filter, why }) => [filter, `  ${why}`])].join('\n');
}
