import { frameSizeLimit } from '../facts/input-options.ts';
import { MediaRefusal } from '../media-refusal.ts';
import type { EncodePlan, FrameRange, PlannedRendition, PlannedVideo } from '../plan/encode-plan.ts';
import { plannedRenditions } from '../plan/encode-plan.ts';
import { watermarkInputOptions } from '../watermark/probe-watermark.ts';
import type { FfmpegCommand } from './ffmpeg-command.ts';
import { partOfSource, sourceInput } from './source-input.ts';
import { videoEncoderOptions } from './video-encoder-options.ts';
import { renditionPadLabel, videoFilterGraph } from './video-filter-graph.ts';

/**
 * Decodes once and encodes every rendition: each output is a stream of fragmented MP4 with one fragment per GOP, which
 * the packager cuts. Every stream starts at 0 by the plan's filters, also that of a unit in the middle of the video.
 * @param range the part of a unit; null for all of the video
 */
export function encodeVideoCommand(
  plan: EncodePlan,
  range: FrameRange | null,
  {
    sourcePath,
    watermarkPath,
    targetFor,
  }: {
    sourcePath: string;
    /** The image that the plan names; not needed where it names none. */
    watermarkPath?: string;
    targetFor: (renditionId: string) => string;
  },
): FfmpegCommand {
  const { video } = plan;
  if (!video) throw new MediaRefusal('no-media-stream', 'There is no video unit to encode.');
  const source = range
    ? partOfSource(plan, sourcePath, range)
    : sourceInput(plan, sourcePath, [video.streamIndex]);
  // If the graph were configured again within the stream, `fps` would start at 0 again.
  const keepGraph = video.toleratesSizeChange ? ['-reinit_filter', '0'] : [];
  return {
    ...source,
    input: [
      ...source.input.map(({ path, options }) => ({
        path,
        // The plan turns frames itself.
        options: [...options, '-noautorotate', ...keepGraph, ...frameSizeLimit],
      })),
      ...watermarkInput(video, watermarkPath),
    ],
    filterGraph: videoFilterGraph(video, range),
    outputs: plannedRenditions(plan).map((rendition) => ({
      target: targetFor(rendition.id),
      options: outputOptions(video, rendition),
    })),
  };
}

function watermarkInput({ watermark }: PlannedVideo, path: string | undefined): FfmpegCommand['input'] {
  if (watermark === null) return [];
  if (path === undefined) throw new TypeError('The plan has a watermark, but its image has no path.');
  // A second image of another size in the file must not configure the graph again.
  return [{ path, options: [...watermarkInputOptions(watermark.demuxer), '-reinit_filter', '0'] }];
}

function outputOptions(video: PlannedVideo, rendition: PlannedRendition): string[] {
  const interval = `${video.keyFrameIntervalFrames}`;
  const ceiling = rendition.maximumBitrateBitsPerSecond;
  return [
    ...['-map', `[${renditionPadLabel(rendition.id)}]`],
    ...videoEncoderOptions(rendition, video),
    // The bitrate may exceed the maximum for two seconds (one GOP) at most.
    ...['-maxrate', `${ceiling}`, '-bufsize', `${2 * ceiling}`],
    // Closed GOPs at the same frames in every rendition; the frame rate is constant, so counting frames is exact.
    ...['-g', interval, '-keyint_min', interval],
    ...colourOptions(rendition),
    // The fps filter decides about frames; no frame may be added or dropped after it.
    ...['-fps_mode', 'passthrough'],
    // Titles, chapters and other text of the file are not passed on to players.
    ...['-map_metadata', '-1', '-map_chapters', '-1'],
    // delay_moov: the edit list that removes the B-frame delay is known only later. No cmaf flag: for video it writes
    // negative offsets, which readers interpret differently. No trailer: the stream is not seekable.
    ...['-f', 'mp4', '-movflags', '+frag_keyframe+delay_moov+default_base_moof+skip_trailer'],
  ];
}

function colourOptions({ dynamicRange }: PlannedRendition): string[] {
  const transfer = { sdr: 'bt709', pq: 'smpte2084', hlg: 'arib-std-b67' }[dynamicRange];
  const [primaries, matrix] = dynamicRange === 'sdr' ? ['bt709', 'bt709'] : ['bt2020', 'bt2020nc'];
  const tags = ['-color_primaries', primaries, '-color_trc', transfer, '-colorspace', matrix];
  return ['-color_range', 'tv', ...tags];
}
