import {
  defaultOutputs,
  encryptionSchema,
  leftOutSchema,
  loudnessTargetSchema,
  wantedOutputsSchema,
} from '@fyrestream/events';
import { z } from 'zod';
import { chapterSchema } from '../chapters/chapter.ts';
import { rationalSchema } from '../cmaf/rational.ts';
import { audioRoleSchema } from '../facts/audio-role.ts';
import { masteringSchema } from '../facts/source-facts.ts';
import { keptTracksSchema } from '../remake/kept-tracks.ts';
import { pidMoveSchema } from '../transport-stream/find-moved-streams.ts';
import { watermarkFileSchema } from '../watermark/watermark-file.ts';
import { timelineSchema } from './timeline.ts';

/** One ffmpeg filter with its reason: the filters are run, the reasons are shown. */
const filterSchema = z.strictObject({ filter: z.string(), why: z.string() });
export type PlannedFilter = z.infer<typeof filterSchema>;

const codecSchema = z.enum(['h264', 'hevc', 'av1']);
export type VideoCodec = z.infer<typeof codecSchema>;

const dynamicRangeSchema = z.enum(['sdr', 'pq', 'hlg']);

const renditionSchema = z.strictObject({
  /** `h264-720`: unique within a job, safe in paths and filter labels. */
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

/** All renditions with one colour treatment: they share the filters up to the size of the largest one. */
const branchSchema = z.strictObject({
  id: z.enum(['standard', 'high-dynamic-range']),
  filters: z.array(filterSchema),
  /** The image of the video's `watermark`: what is done to it, and how it is drawn on the frames that these filters make. */
  watermark: z
    .strictObject({ filters: z.array(filterSchema), overlay: filterSchema })
    .nullable()
    .default(null),
  renditions: z.array(renditionSchema).min(1),
  /** Sizes that the picture passes on its way down although no rendition here has them. Only while a plan is carried out: see `planToEncode`. */
  passedSizes: z.array(z.strictObject({ width: z.int().positive(), height: z.int().positive() })).optional(),
});
export type PlannedBranch = z.infer<typeof branchSchema>;

const videoSchema = z.strictObject({
  streamIndex: z.int().nonnegative(),
  /** Upright with square pixels: renditions are scaled from this size. */
  displaySize: z.strictObject({ width: z.int().positive(), height: z.int().positive() }),
  /** Of the source as it is treated: what is not HDR throughout is `sdr`. Absent in plans of older versions. */
  dynamicRange: dynamicRangeSchema.optional(),
  frameRate: rationalSchema,
  frameRateWhy: z.string(),
  /** Expected frame counts from the packets of the source; null if unknown, and in plans of older versions. */
  frameCounts: z
    .strictObject({
      source: z.int().nonnegative(),
      dropped: z.int().nonnegative(),
      /** Up to the start of the last frame; its duration does not count. */
      repeated: z.int().nonnegative(),
      /** 2 if the decoder outputs fields. */
      fieldsPerFrame: z.int().positive().default(1),
      why: z.string(),
    })
    .nullable()
    .default(null),
  keyFrameIntervalFrames: z.int().positive(),
  orientationWhy: z.string(),
  /** How size, aspect or orientation change within the stream; null if they do not. */
  geometryWhy: z.string().nullable().default(null),
  /**
   * Whether the frame size may change within the stream: the graph is then kept and scales every frame. Not if the
   * container crops: ffmpeg 7.1 then inserts a filter before ours that relies on the first size.
   */
  toleratesSizeChange: z.boolean(),
  /** Before the branches split, at the source's size and in its colours. */
  filters: z.array(filterSchema),
  branches: z.array(branchSchema).min(1),
  dropped: z.array(droppedRungSchema),
  /**
   * The frames of the source that count, of all that the decoder gives, on the plan's timeline; null if all do. A unit that encodes
   * a range has its own.
   */
  ownFrames: z
    .strictObject({
      ownFromSeconds: z.number().nullable(),
      ownUntilSeconds: z.number().nullable(),
      endFrame: z.int().positive().nullable(),
    })
    .nullable()
    .default(null),
  /** Drawn in every branch; null if there is none, and in plans of older versions. */
  watermark: watermarkFileSchema.nullable().default(null),
  /** Passed on if HDR10 is kept, else null. */
  mastering: masteringSchema.nullable(),
  closedCaptions: z.strictObject({ action: z.enum(['none', 'kept-in-band', 'left-out']), why: z.string() }),
});
export type PlannedVideo = z.infer<typeof videoSchema>;

/** How streams of the source become one stream of the track's channels at 48 kHz before the encode. */
const audioPreparationSchema = z.strictObject({
  streamIndexes: z.array(z.int().nonnegative()).min(1),
  /** For each stream, before several are joined. */
  inputFilters: z.array(filterSchema),
  /** Makes one stream with the streams as its channels; null for a single stream. */
  join: filterSchema.nullable(),
  filters: z.array(filterSchema),
});
export type AudioPreparation = z.infer<typeof audioPreparationSchema>;

const audioTrackSchema = z.strictObject({
  /** `audio-1` …, and `audio-1-surround` for its 5.1: safe in paths. */
  id: z.string(),
  /** The key of the audio file beside the film, one of the plan's `audioFiles`; null for a stream of the upload. */
  audioKey: z.string().nullable().default(null),
  /** Of the upload or of that file; the first one if several are joined. */
  streamIndex: z.int().nonnegative(),
  language: z.string().nullable(),
  name: z.string(),
  role: audioRoleSchema.default('main'),
  /** The first track, which plays unless the viewer selects another. */
  isDefault: z.boolean(),
  bitrateBitsPerSecond: z.int().positive(),
  /** 6 is 5.1, in ffmpeg's order. */
  channels: z.union([z.literal(2), z.literal(6)]).default(2),
  /** Whether its source can be kept as 5.1, wanted or not. Absent in plans of older versions. */
  hasSurround: z.boolean().optional(),
  filters: z.array(filterSchema),
  /** Set for all tracks if the plan has `audioPreparation`. */
  preparation: audioPreparationSchema.nullable().default(null),
});
export type PlannedAudioTrack = z.infer<typeof audioTrackSchema>;

const subtitleTrackSchema = z.strictObject({
  id: z.string(),
  /** Null if the captions are in a file beside the upload. */
  streamIndex: z.int().nonnegative().nullable(),
  /** The key of that file, one of the plan's `captionFiles`; null for a stream of the upload. */
  captionKey: z.string().nullable().default(null),
  /** The codec of the source, by ffmpeg's name; null in plans of older versions, and for a file beside the upload. */
  codec: z.string().nullable().default(null),
  language: z.string().nullable(),
  name: z.string(),
  isDefault: z.boolean(),
  isForced: z.boolean(),
  isHearingImpaired: z.boolean(),
  why: z.string(),
});
export type PlannedSubtitleTrack = z.infer<typeof subtitleTrackSchema>;

/** A caption file that lay beside the upload when it was planned, and the version of it that is used. */
const captionFileSchema = z.strictObject({
  key: z.string(),
  versionId: z.string().nullable(),
  etag: z.string(),
  sizeBytes: z.int().nonnegative(),
});
export type PlannedCaptionFile = z.infer<typeof captionFileSchema>;

/** An audio file that lay beside the film when it was planned, and the version of it that is used. */
const audioFileSchema = z.strictObject({
  ...captionFileSchema.shape,
  /** How it is read; null where it is not used. */
  source: z
    .strictObject({
      demuxer: z.string(),
      leadingBytes: z.int().nonnegative(),
      timeline: timelineSchema,
      audioPreparation: z.strictObject({ why: z.string() }).nullable(),
    })
    .nullable(),
});
export type PlannedAudioFile = z.infer<typeof audioFileSchema>;

/**
 * The part of the video that a unit encodes: whole segments. Seconds are on the plan's timeline unless they say otherwise.
 */
const frameRangeSchema = z.strictObject({
  /** That of the timeline: the time of the source, on its own clock, that is 0 in every output. */
  zeroSeconds: z.number(),
  /** From 1. */
  firstSegmentNumber: z.int().positive(),
  /** Of the output, from 0. */
  firstFrame: z.int().nonnegative(),
  /** The frame after the last one; null for all frames to the end. */
  endFrame: z.int().positive().nullable(),
  /** A key frame, in seconds on the source's own clock; null for the beginning of the file. */
  decodeFromSeconds: z.number().nullable(),
  /** No later frame is needed; null for the end of the file. */
  decodeUntilSeconds: z.number().nullable(),
  /** Of the frames that a unit decodes, those between these times count as its own; null without a limit. */
  ownFromSeconds: z.number().nullable(),
  ownUntilSeconds: z.number().nullable(),
  /** Errors that ffmpeg reports when it opens the source, whatever it decodes then. */
  openingWarnings: z.int().nonnegative().default(0),
  /** The parts of the source that it reads, sorted; null if it reads all. */
  fileParts: z
    .strictObject({
      sizeBytes: z.int().positive(),
      ranges: z.array(z.strictObject({ from: z.int().nonnegative(), to: z.int().positive() })),
    })
    .nullable()
    .default(null),
  /** Its own frames of the source, by their packets: a unit that decodes others is not exact. */
  sourceFrames: z.strictObject({
    count: z.int().nonnegative(),
    firstSeconds: z.number(),
    lastSeconds: z.number(),
    meanSeconds: z.number(),
  }),
});
export type FrameRange = z.infer<typeof frameRangeSchema>;

const unitSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['audio', 'video']),
  /** Null for all of the video, for audio, and in plans of older versions. */
  range: frameRangeSchema.nullable().default(null),
});
export type PlannedUnit = z.infer<typeof unitSchema>;

/** How one source is encoded, and why. Versioned JSON: it is stored with the job, shown and certified. */
export const encodePlanSchema = z.strictObject({
  version: z.literal(1),
  demuxer: z.string(),
  /** Bytes of the source before the media. */
  leadingBytes: z.int().nonnegative().default(0),
  /** Has to be done to the source before it is read. */
  pidMoves: z.array(pidMoveSchema).default([]),
  /** From the source's metadata, corrected if the surveys decoded all of it; null if unknown. */
  durationSeconds: z.number().nonnegative().nullable(),
  segmentSeconds: z.number().positive(),
  timeline: timelineSchema,
  /** The part of the source that is published; null for all of it. */
  trim: z
    .strictObject({
      /** How much later its timeline begins than that of the whole source. */
      shiftSeconds: z.number(),
      /** Null to the end of the source. */
      lengthSeconds: z.number().positive().nullable(),
    })
    .nullable()
    .default(null),
  /** Of the options of the upload. */
  title: z.string().optional(),
  posterSeconds: z.number().nonnegative().optional(),
  /** What is published. */
  outputs: wantedOutputsSchema.default([...defaultOutputs]),
  /** Of the segments; null if they are published as they are, and in plans of older versions. */
  encryption: encryptionSchema.nullable().default(null),
  /** Null for audio-only sources. */
  video: videoSchema.nullable(),
  audio: z.array(audioTrackSchema),
  /** Set if audio must be decoded to one format before it is encoded. */
  audioPreparation: z.strictObject({ why: z.string() }).nullable(),
  /**
   * What every audio track is normalised to; null if loudness is kept. The gain of each track is decided when it is measured, in
   * its unit: see `LoudnessTreatment`.
   */
  loudness: loudnessTargetSchema.nullable().default(null),
  subtitles: z.array(subtitleTrackSchema),
  /** Those that are not used too: `leftOut` says why. */
  captionFiles: z.array(captionFileSchema).default([]),
  /** In the order of their start, on the clock of the output; the last one may end after it. */
  chapters: z.array(chapterSchema).default([]),
  /** Those that are not used too: `leftOut` says why. */
  audioFiles: z.array(audioFileSchema).default([]),
  /** The parts of the source that will not be in the output. */
  leftOut: z.array(leftOutSchema),
  /** Absent where everything is encoded. */
  kept: keptTracksSchema.optional(),
  units: z.array(unitSchema).min(1),
  /** Why the video has so many units; empty without video, and in plans of older versions. */
  unitsWhy: z.string().default(''),
});
export type EncodePlan = z.infer<typeof encodePlanSchema>;

/** Every video rendition of a plan: ladders in the order of the config, the largest rendition of each first. */
export function plannedRenditions(plan: EncodePlan): PlannedRendition[] {
  return plan.video?.branches.flatMap((branch) => branch.renditions) ?? [];
}
