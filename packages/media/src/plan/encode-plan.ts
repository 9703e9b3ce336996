import { leftOutSchema } from '@fyrestream/events';
import { z } from 'zod';
import { rationalSchema } from '../cmaf/rational.ts';
import { audioRoleSchema } from '../facts/audio-role.ts';
import { masteringSchema } from '../facts/source-facts.ts';

/** One ffmpeg filter with its reason: the chain is what is run, the reasons are what is read. */
const filterSchema = z.strictObject({ filter: z.string(), why: z.string() });
export type PlannedFilter = z.infer<typeof filterSchema>;

const codecSchema = z.enum(['h264', 'hevc', 'av1']);
export type VideoCodec = z.infer<typeof codecSchema>;

const dynamicRangeSchema = z.enum(['sdr', 'pq', 'hlg']);

const renditionSchema = z.strictObject({
  /** `h264-720`: stable within a job, safe in paths and filter labels. */
  id: z.string(),
  codec: codecSchema,
  width: z.int().positive(),
  height: z.int().positive(),
  constantRateFactor: z.number(),
  maximumBitrateBitsPerSecond: z.int().positive(),
  speed: z.union([z.string(), z.int()]),
  dynamicRange: dynamicRangeSchema,
  why: z.string(),
});
export type PlannedRendition = z.infer<typeof renditionSchema>;

const droppedRungSchema = z.strictObject({
  codec: codecSchema,
  shortEdgePixels: z.int(),
  reason: z.enum(['would-upscale', 'too-close-to-upper', 'below-codec-minimum']),
  why: z.string(),
});
export type DroppedRung = z.infer<typeof droppedRungSchema>;

/** All renditions of one colour treatment: they share the chain down to the largest of them. */
const branchSchema = z.strictObject({
  id: z.enum(['standard', 'high-dynamic-range']),
  filters: z.array(filterSchema),
  renditions: z.array(renditionSchema).min(1),
});
export type PlannedBranch = z.infer<typeof branchSchema>;

const videoSchema = z.strictObject({
  streamIndex: z.int().nonnegative(),
  /** Upright, square pixels: what renditions are scaled from. */
  displaySize: z.strictObject({ width: z.int().positive(), height: z.int().positive() }),
  frameRate: rationalSchema,
  frameRateWhy: z.string(),
  /** What the packets of the source let expect; null where they say nothing, and in plans made before they were counted. */
  frameCounts: z
    .strictObject({
      source: z.int().nonnegative(),
      dropped: z.int().nonnegative(),
      /** Up to the last frame of the source; how long that one is shown is not counted. */
      repeated: z.int().nonnegative(),
      /** 2 where the decoder gives fields. */
      fieldsPerFrame: z.int().positive().default(1),
      why: z.string(),
    })
    .nullable()
    .default(null),
  keyFrameIntervalFrames: z.int().positive(),
  orientationWhy: z.string(),
  /** What of size, aspect and orientation changes on the way; null where nothing does. */
  geometryWhy: z.string().nullable().default(null),
  /**
   * Whether frames may change their size on the way: the graph is then kept and scales what comes. Not where the container
   * crops: ffmpeg 7.1 then puts a filter in front of ours that relies on the first size.
   */
  toleratesSizeChange: z.boolean(),
  /** Before the branches part, on the source's own size and colours. */
  filters: z.array(filterSchema),
  branches: z.array(branchSchema).min(1),
  dropped: z.array(droppedRungSchema),
  /** Passed on where HDR10 is kept; null where nothing keeps it. */
  mastering: masteringSchema.nullable(),
  closedCaptions: z.strictObject({ action: z.enum(['none', 'kept-in-band', 'left-out']), why: z.string() }),
});
export type PlannedVideo = z.infer<typeof videoSchema>;

/** What makes one stereo stream of 48 kHz out of streams of the source, before it is encoded. */
const audioPreparationSchema = z.strictObject({
  streamIndexes: z.array(z.int().nonnegative()).min(1),
  /** Of each stream, ahead of the join where there are several. */
  inputFilters: z.array(filterSchema),
  /** The streams become the channels of one; null for a single stream. */
  join: filterSchema.nullable(),
  filters: z.array(filterSchema),
});
export type AudioPreparation = z.infer<typeof audioPreparationSchema>;

const audioTrackSchema = z.strictObject({
  /** `audio-1` …: safe in paths. */
  id: z.string(),
  /** The first one, where several are joined. */
  streamIndex: z.int().nonnegative(),
  language: z.string().nullable(),
  name: z.string(),
  role: audioRoleSchema.default('main'),
  /** The first track, what plays unless the viewer chooses. */
  isDefault: z.boolean(),
  bitrateBitsPerSecond: z.int().positive(),
  filters: z.array(filterSchema),
  /** Set for all tracks where `audioPreparation` is. */
  preparation: audioPreparationSchema.nullable().default(null),
});
export type PlannedAudioTrack = z.infer<typeof audioTrackSchema>;

const subtitleTrackSchema = z.strictObject({
  id: z.string(),
  streamIndex: z.int().nonnegative(),
  /** Of the source, by ffmpeg's name; null in plans of older versions. */
  codec: z.string().nullable().default(null),
  language: z.string().nullable(),
  name: z.string(),
  isDefault: z.boolean(),
  isForced: z.boolean(),
  isHearingImpaired: z.boolean(),
  why: z.string(),
});
export type PlannedSubtitleTrack = z.infer<typeof subtitleTrackSchema>;

const unitSchema = z.strictObject({ id: z.string(), kind: z.enum(['audio', 'video']) });
export type PlannedUnit = z.infer<typeof unitSchema>;

/** What will be made of one source and why. JSON, versioned: it is stored, printed and certified. */
export const encodePlanSchema = z.strictObject({
  version: z.literal(1),
  demuxer: z.string(),
  /** Bytes of the source that stand before the media. */
  leadingBytes: z.int().nonnegative().default(0),
  /** The source's claim, corrected by what was decoded where a survey saw all of it; null where unknown. */
  durationSeconds: z.number().nonnegative().nullable(),
  segmentSeconds: z.number().positive(),
  timeline: z.strictObject({
    /** The moment of the source, by its own clock, that becomes 0 in every output. */
    zeroSeconds: z.number(),
    /** What ffmpeg has to add to get there, as it moves the earliest stream to 0 by itself. */
    inputOffsetSeconds: z.number(),
    /**
     * The earliest stream of a container whose clock may jump: of these ffmpeg moves the earliest stream that a command
     * reads to 0, not the earliest of the file, so every command reads this one. Null for all others.
     */
    anchorStreamIndex: z.int().nonnegative().nullable(),
    why: z.string(),
  }),
  /** Null for audio-only sources. */
  video: videoSchema.nullable(),
  audio: z.array(audioTrackSchema),
  /** Set where sound has to be brought to one format before it is encoded. */
  audioPreparation: z.strictObject({ why: z.string() }).nullable(),
  subtitles: z.array(subtitleTrackSchema),
  /** What of the source is known beforehand not to be in the outcome. */
  leftOut: z.array(leftOutSchema),
  units: z.array(unitSchema).min(1),
});
export type EncodePlan = z.infer<typeof encodePlanSchema>;

/** Every video rendition of a plan, largest first within each codec; ladders in the preset's order. */
export function plannedRenditions(plan: EncodePlan): PlannedRendition[] {
  return plan.video?.branches.flatMap((branch) => branch.renditions) ?? [];
}
