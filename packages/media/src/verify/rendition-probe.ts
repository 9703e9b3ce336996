import { z } from 'zod';
import { formatRational, rationalValue } from '../cmaf/rational.ts';
import type { TrackManifest } from '../cmaf/track-manifest.ts';
import { ownMp4Options } from '../command/own-mp4-options.ts';
import { parseRational } from '../facts/parse-rational.ts';
import { type EncodePlan, plannedRenditions } from '../plan/encode-plan.ts';
import { trackDurationSeconds } from '../playlists/track-times.ts';
import { type Check, equalCheck, maxCheck } from './check.ts';

/** ffprobe's argv for `checkProbedRendition`. */
export function renditionProbeArguments(path: string): string[] {
  return ['-v', 'error', ...ownMp4Options, '-show_streams', '-show_data_hash', 'sha256', '-of', 'json', path];
}

const probedSchema = z.object({
  streams: z.array(
    z.object({
      codec_type: z.string(),
      codec_name: z.string(),
      width: z.number().optional(),
      height: z.number().optional(),
      sample_aspect_ratio: z.string().optional(),
      pix_fmt: z.string().optional(),
      color_range: z.string().optional(),
      color_primaries: z.string().optional(),
      color_transfer: z.string().optional(),
      color_space: z.string().optional(),
      r_frame_rate: z.string().optional(),
      start_time: z.coerce.number(),
      duration: z.coerce.number(),
      nb_frames: z.coerce.number().optional(),
      extradata_hash: z.string().optional(),
      side_data_list: z.array(z.object({ side_data_type: z.string() })).default([]),
    }),
  ),
});
type ProbedStream = z.infer<typeof probedSchema>['streams'][number];

const durationToleranceSeconds = 0.05;
const startToleranceSeconds = 0.02;

/** Checks size, colours, frame rate and times of a finished MP4 as ffprobe reads them. */
export function checkProbedRendition(plan: EncodePlan, track: TrackManifest, ffprobeJson: unknown): Check[] {
  const { streams } = probedSchema.parse(ffprobeJson);
  const own = streams.find((stream) => stream.codec_type === track.kind);
  const subject = track.trackId;
  const found = equalCheck(
    { name: 'mp4-stream', subject, measured: own ? track.kind : 'missing' },
    track.kind,
  );
  if (own === undefined) return [found];
  const duration = Math.abs(own.duration - trackDurationSeconds(track));
  const starts = streams.map((stream) => Math.abs(stream.start_time));
  return [
    found,
    equalCheck({ name: 'mp4-frames', subject, measured: own.nb_frames ?? 'unknown' }, track.frameCount),
    maxCheck({ name: 'mp4-duration-differs-seconds', subject, measured: duration }, durationToleranceSeconds),
    maxCheck({ name: 'mp4-start-seconds', subject, measured: Math.max(...starts) }, startToleranceSeconds),
    ...checkVideoTags(plan, subject, own),
  ];
}

/** Checks that a finished MP4 configures the decoder of a track (SPS, PPS, AudioSpecificConfig) as its segments do. */
export function checkDecoderConfiguration(track: TrackManifest, segments: unknown, mp4: unknown): Check {
  const configurationOf = (ffprobeJson: unknown) =>
    probedSchema.parse(ffprobeJson).streams.find((stream) => stream.codec_type === track.kind)
      ?.extradata_hash ?? 'none';
  const measured = configurationOf(mp4);
  return equalCheck(
    { name: 'mp4-decoder-configuration', subject: track.trackId, measured },
    configurationOf(segments),
  );
}

const tagsByRange = {
  sdr: 'yuv420p tv bt709/bt709/bt709',
  pq: 'yuv420p10le tv bt2020/smpte2084/bt2020nc',
  hlg: 'yuv420p10le tv bt2020/arib-std-b67/bt2020nc',
};

function checkVideoTags(plan: EncodePlan, subject: string, stream: ProbedStream): Check[] {
  const rendition = plannedRenditions(plan).find(({ id }) => id === subject);
  if (rendition === undefined || plan.video === null) return [];
  const { pix_fmt, color_range, color_primaries, color_transfer, color_space } = stream;
  const rate = parseRational(stream.r_frame_rate);
  const isRate =
    rate !== null && Math.abs(rationalValue(rate) / rationalValue(plan.video.frameRate) - 1) < 1e-4;
  const dueRate = formatRational(plan.video.frameRate);
  const turns = stream.side_data_list.filter(
    ({ side_data_type }) => side_data_type === 'Display Matrix',
  ).length;
  return [
    equalCheck(
      { name: 'mp4-picture-size', subject, measured: `${stream.width}x${stream.height}` },
      `${rendition.width}x${rendition.height}`,
    ),
    equalCheck({ name: 'mp4-pixel-aspect', subject, measured: stream.sample_aspect_ratio ?? '1:1' }, '1:1'),
    equalCheck({ name: 'mp4-rotations', subject, measured: turns }, 0),
    equalCheck(
      {
        name: 'mp4-colour',
        subject,
        measured: `${pix_fmt} ${color_range} ${color_primaries}/${color_transfer}/${color_space}`,
      },
      tagsByRange[rendition.dynamicRange],
    ),
    equalCheck(
      { name: 'mp4-frame-rate', subject, measured: isRate ? dueRate : `${stream.r_frame_rate}` },
      dueRate,
    ),
  ];
}
