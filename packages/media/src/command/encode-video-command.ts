import { MediaRefusal } from '../media-refusal.ts';
import type { EncodePlan, PlannedRendition, PlannedUnit, PlannedVideo } from '../plan/encode-plan.ts';
import { plannedRenditions } from '../plan/encode-plan.ts';
import { maxPixels } from '../plan/plan-video.ts';
import type { FfmpegCommand } from './ffmpeg-command.ts';
import { readSource } from './read-source.ts';
import { videoEncoderOptions } from './video-encoder-options.ts';
import { renditionLabel, videoFilterGraph } from './video-filter-graph.ts';

/**
 * One decode, every rendition: each output is one stream of fragmented MP4, one fragment per GOP, for
 * the packager to cut. Every stream starts at 0 (the plan's filters see to that).
 */
export function encodeVideoCommand(
  plan: EncodePlan,
  _unit: PlannedUnit,
  { sourcePath, targetFor }: { sourcePath: string; targetFor: (renditionId: string) => string },
): FfmpegCommand {
  const { video } = plan;
  if (!video) throw new MediaRefusal('no-media-stream', 'There is no video unit to encode.');
  const source = readSource(plan, sourcePath, [video.streamIndex]);
  // Set up again in the middle, `fps` would begin at 0 a second time.
  const keptGraph = video.toleratesSizeChange ? ['-reinit_filter', '0'] : [];
  return {
    ...source,
    input: source.input.map(({ path, options }) => ({
      path,
      // The plan turns frames itself.
      options: [...options, '-noautorotate', ...keptGraph, '-max_pixels', `${maxPixels}`],
    })),
    filterGraph: videoFilterGraph(video),
    outputs: plannedRenditions(plan).map((rendition) => ({
      target: targetFor(rendition.id),
      options: outputOptions(video, rendition),
    })),
  };
}

function outputOptions(video: PlannedVideo, rendition: PlannedRendition): string[] {
  const interval = `${video.keyFrameIntervalFrames}`;
  const ceiling = rendition.maximumBitrateBitsPerSecond;
  return [
    ...['-map', `[${renditionLabel(rendition.id)}]`],
    ...videoEncoderOptions(rendition, video),
    // The ceiling may be passed for two seconds, a GOP, never for longer.
    ...['-maxrate', `${ceiling}`, '-bufsize', `${2 * ceiling}`],
    // Closed GOPs at the same frames in every rendition; the rate is constant, so counting frames is exact.
    ...['-g', interval, '-keyint_min', interval],
    ...colourOptions(rendition),
    // The fps filter has decided; no frame may be added or dropped behind it.
    ...['-fps_mode', 'passthrough'],
    // Nothing of the file's own texts (titles, chapters) reaches a viewer's player.
    ...['-map_metadata', '-1', '-map_chapters', '-1'],
    // delay_moov: the edit list that undoes the B-frame delay is known only then. No cmaf flag: on video it
    // writes negative offsets that readers disagree about. No trailer: nobody seeks in a stream.
    ...['-f', 'mp4', '-movflags', '+frag_keyframe+delay_moov+default_base_moof+skip_trailer'],
  ];
}

function colourOptions({ dynamicRange }: PlannedRendition): string[] {
  const transfer = { sdr: 'bt709', pq: 'smpte2084', hlg: 'arib-std-b67' }[dynamicRange];
  const [primaries, matrix] = dynamicRange === 'sdr' ? ['bt709', 'bt709'] : ['bt2020', 'bt2020nc'];
  const tags = ['-color_primaries', primaries, '-color_trc', transfer, '-colorspace', matrix];
  return ['-color_range', 'tv', ...tags];
}
