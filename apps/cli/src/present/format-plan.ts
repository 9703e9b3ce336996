import type { EncodePlan, PlannedRendition, PlannedVideo, SourceFacts } from '@fyrestream/media';
import { formatDuration } from '@fyrestream/operations';
import type { LocalFile } from '../files/local-file.ts';
import type { LocalFilePlan } from '../plan/plan-local-file.ts';
import { toOneLine } from '../terminal-text.ts';
import { drawKeyValues, drawTable } from './draw-table.ts';
import { formatBitrate, formatBytes, formatTaskSize } from './format-values.ts';

/** The plan for a file with its reasons, as tables for a person. */
export function formatPlan(
  file: LocalFile,
  { facts, plan, size, workers, cost, ladderLacks }: LocalFilePlan,
): string {
  const duration = plan.durationSeconds === null ? 'of unknown length' : formatDuration(plan.durationSeconds);
  const paragraphs = [
    drawKeyValues([
      ['file', `${file.typed}, ${formatBytes(file.sizeBytes)}, ${facts.container}, ${duration}`],
      ...streamLines(facts).map((line, index): [string, string] => [index === 0 ? 'streams' : '', line]),
      ['timeline', plan.timeline.why],
      ['outputs', plan.outputs.join(', ')],
      ['task', `${formatTaskSize(size)}, ${size.ephemeralStorageGiB} GiB of disk`],
      ['workers', workers === 1 ? '1' : `${workers}, each a task of this size`],
      [
        'estimate',
        `$${cost.dollars.toFixed(4)}, on Spot $${cost.dollarsOnSpot.toFixed(4)}, for ${formatDuration(cost.elapsedSeconds)}`,
      ],
    ]),
    ...(ladderLacks === null ? [] : [ladderLacks]),
    ...videoParagraphs(plan),
    ...audioParagraphs(plan),
    ...chaptersParagraph(plan),
    ...leftOutParagraph(plan),
  ];
  return paragraphs.join('\n\n');
}

function videoParagraphs({ video }: EncodePlan): string[] {
  if (video === null) return ['No video: the audio is published alone.'];
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
    drawTable(['RENDITION', 'RESOLUTION', 'CRF', 'CEILING', 'WHY'], rungs, [...aligns]),
    drawKeyValues([
      ['frame rate', `${numerator}/${denominator}: ${video.frameRateWhy}`],
      ['orientation', video.orientationWhy],
      ...closedCaptionsRows(video.closedCaptions),
    ]),
    reasons('VIDEO FILTERS', [...video.filters, ...video.branches.flatMap(({ filters }) => filters)]),
  ];
}

/** Text subtitles are tracks; these captions are in the video itself, and most sources have none. */
function closedCaptionsRows({ action, why }: PlannedVideo['closedCaptions']): [string, string][] {
  return action === 'none' ? [] : [['closed captions', `${action}: ${why}`]];
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

function audioParagraphs({ audio, audioPreparation, loudness, subtitles }: EncodePlan): string[] {
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
    audioPreparation === null ? [] : [{ filter: 'applied first', why: audioPreparation.why }];
  const gain =
    loudness === null
      ? []
      : [
          {
            filter: 'gain',
            why: `to ${loudness.targetLufs} LUFS with true peaks of at most ${loudness.truePeakDbtp} dBTP, decided when the track is measured`,
          },
        ];
  return [
    ...(tracks.length > 0 ? [drawTable(['TRACK', 'LANGUAGE', 'NAME', 'BITRATE', 'FROM'], tracks)] : []),
    ...audio.map((track, index) =>
      reasons(`FILTERS OF ${track.id.toUpperCase()}`, [
        ...(index === 0 ? preparation : []),
        ...track.filters,
        ...gain,
      ]),
    ),
  ];
}

function chaptersParagraph({ chapters }: EncodePlan): string[] {
  if (chapters.length === 0) return [];
  const rows = chapters.map(({ startSeconds, title }) => [
    formatDuration(Math.max(0, startSeconds)),
    title ?? '',
  ]);
  return [drawTable(['CHAPTER AT', 'TITLE'], rows, ['right', 'left'])];
}

function leftOutParagraph({ leftOut }: EncodePlan): string[] {
  if (leftOut.length === 0) return [];
  const rows = leftOut.map(({ streamIndex, kind, why }) => [
    streamIndex === null ? '' : String(streamIndex),
    kind,
    why,
  ]);
  return [drawTable(['LEFT OUT', 'KIND', 'WHY'], rows)];
}

/** Filters are long: each is on its own line, with its reason below. */
function reasons(heading: string, filters: readonly { filter: string; why: string }[]): string {
  return [heading, ...filters.flatMap(({ filter, why }) => [filter, `  ${why}`])].map(toOneLine).join('\n');
}

/** One line per stream of the source. */
function streamLines(facts: SourceFacts): string[] {
  const streams = [
    ...facts.video.map((stream) => ({
      index: stream.index,
      words: [
        stream.isAttachedPicture ? 'cover art' : 'video',
        stream.codec ?? 'unknown codec',
        `${stream.displaySize.width}×${stream.displaySize.height}`,
        stream.pixelFormat,
        stream.dynamicRange === 'sdr' ? null : stream.dynamicRange.toUpperCase(),
        stream.orientation.rotationDegrees === 0 ? null : `rotated by ${stream.orientation.rotationDegrees}°`,
      ],
    })),
    ...facts.audio.map((stream) => ({
      index: stream.index,
      words: [
        'audio',
        stream.codec ?? 'unknown codec',
        stream.channelLayout ?? `${stream.channels} channels`,
        `${stream.sampleRateHertz} Hz`,
        stream.language,
      ],
    })),
    ...facts.subtitles.map((stream) => ({
      index: stream.index,
      words: [`${stream.kind} subtitles`, stream.codec ?? 'unknown codec', stream.language],
    })),
    ...facts.data.map((stream) => ({ index: stream.index, words: ['data', stream.kind] })),
  ];
  return streams
    .toSorted((a, b) => a.index - b.index)
    .map(({ index, words }) => `${index} ${words.filter((word) => word !== null).join(', ')}`);
}
