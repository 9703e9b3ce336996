import { leftOutSchema } from '@fyrestream/events';
import { type EncodePlan, plannedRenditions } from '@fyrestream/media';
import { z } from '@hono/zod-openapi';

const why = z.string().describe('The reason, for a person.');
const codec = z.enum(['h264', 'hevc', 'av1']);

export const plannedRungView = z
  .object({
    id: z.string().describe('`h264-720`'),
    codec,
    width: z.int().min(1),
    height: z.int().min(1),
    maximumBitrateBitsPerSecond: z.int().min(1),
    why,
  })
  .openapi('PlannedRung');

export const droppedRungView = z
  .object({
    codec,
    shortEdgePixels: z.int().min(1),
    reason: z.enum(['would-upscale', 'too-close-to-upper', 'below-codec-minimum']),
    why,
  })
  .openapi('DroppedRung');

export const planView = z
  .object({
    durationSeconds: z.number().min(0).nullable(),
    frameRate: z.number().min(0).nullable().describe('Frames per second; null without video.'),
    renditions: z.array(
      plannedRungView.extend({
        constantRateFactor: z.number(),
        dynamicRange: z.enum(['sdr', 'pq', 'hlg']),
      }),
    ),
    dropped: z.array(droppedRungView),
    audio: z.array(
      z.object({
        id: z.string(),
        language: z.string().nullable(),
        name: z.string(),
        role: z.string(),
        isDefault: z.boolean(),
        bitrateBitsPerSecond: z.int().min(1),
      }),
    ),
    subtitles: z.array(
      z.object({
        id: z.string(),
        language: z.string().nullable(),
        name: z.string(),
        isDefault: z.boolean(),
        isForced: z.boolean(),
        why,
      }),
    ),
    filters: z
      .array(z.object({ of: z.string().describe('The video, or a track.'), filter: z.string(), why }))
      .describe('What changes the picture or the sound, in the syntax of ffmpeg.'),
    leftOut: z.array(z.object(leftOutSchema.shape)),
    units: z.array(z.string()).describe('The ids of the units that encode.'),
    unitsWhy: z.string(),
  })
  .openapi('Plan');
type PlanView = z.infer<typeof planView>;

export function toPlanView(plan: EncodePlan): PlanView {
  const { video, audio, subtitles } = plan;
  return {
    durationSeconds: plan.durationSeconds,
    frameRate: video === null ? null : video.frameRate.numerator / video.frameRate.denominator,
    renditions: plannedRenditions(plan).map(({ speed: _speed, ...rendition }) => rendition),
    dropped: video?.dropped ?? [],
    audio: audio.map(({ id, language, name, role, isDefault, bitrateBitsPerSecond }) => ({
      ...{ id, language, name, role, isDefault, bitrateBitsPerSecond },
    })),
    subtitles: subtitles.map((track) => ({
      id: track.id,
      language: track.language,
      name: track.name,
      isDefault: track.isDefault,
      isForced: track.isForced,
      why: track.why,
    })),
    filters: [
      ...(video?.filters ?? []).map((filter) => ({ of: 'video', ...filter })),
      ...(video?.branches ?? []).flatMap(({ id, filters }) =>
        filters.map((filter) => ({ of: id, ...filter })),
      ),
      ...audio.flatMap(({ id, filters }) => filters.map((filter) => ({ of: id, ...filter }))),
    ],
    leftOut: plan.leftOut,
    units: plan.units.map(({ id }) => id),
    unitsWhy: plan.unitsWhy,
  };
}
