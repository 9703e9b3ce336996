import { z } from 'zod';
import { chapterSchema } from '../chapters/chapter.ts';
import { rationalSchema } from '../cmaf/rational.ts';
import { pidMoveSchema } from '../transport-stream/find-moved-streams.ts';
import { audioRoleSchema } from './audio-role.ts';

const streamSchema = z.strictObject({
  /** Index in the container, as in ffmpeg's `0:<index>`. */
  index: z.int().nonnegative(),
  /** ffmpeg's name; null if ffmpeg does not know the codec. */
  codec: z.string().nullable(),
  /** BCP-47 (`en`, not `eng`); null if the file has none. */
  language: z.string().nullable(),
  title: z.string().nullable(),
  isDefault: z.boolean(),
  startSeconds: z.number().nullable(),
  durationSeconds: z.number().nullable(),
  bitrateBitsPerSecond: z.number().nullable(),
  /** The container declares its samples as encrypted. */
  isEncrypted: z.boolean(),
  /** It has data for a key. That alone does not prove encryption: decoding shows it. */
  hasEncryptionData: z.boolean(),
});

const sizeSchema = z.strictObject({ width: z.int().positive(), height: z.int().positive() });
export type FrameSize = z.infer<typeof sizeSchema>;

/** How stored frames must be changed to be displayed upright. */
export const orientationSchema = z.strictObject({
  /** Clockwise, after mirroring: 0, 90, 180 or 270 degrees. */
  rotationDegrees: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  isMirrored: z.boolean(),
  /** ffmpeg applies a display matrix by itself, but not the legacy `rotate` tag. */
  signalledBy: z.enum(['display-matrix', 'rotate-tag', 'nothing']),
});
export type Orientation = z.infer<typeof orientationSchema>;

const dolbyVisionSchema = z.strictObject({
  profile: z.int(),
  /** 0: none; 1: HDR10; 2: SDR; 4: HLG; 6: HDR10 of Ultra HD Blu-ray. */
  compatibilityId: z.int(),
  /** Whether decoders without Dolby Vision can show the base layer. */
  hasBaseLayer: z.boolean(),
});

const chromaticitySchema = z.strictObject({ x: z.number(), y: z.number() });

/**
 * CIE 1931 coordinates, and luminance in cd/m². Source: SMPTE ST 2086; CTA-861.3 for the light levels of the content.
 */
export const masteringSchema = z.strictObject({
  display: z
    .strictObject({
      red: chromaticitySchema,
      green: chromaticitySchema,
      blue: chromaticitySchema,
      white: chromaticitySchema,
      minimumNits: z.number().nonnegative(),
      maximumNits: z.number().positive(),
    })
    .nullable(),
  contentLight: z
    .strictObject({ maximumNits: z.number().positive(), averageNits: z.number().nonnegative() })
    .nullable(),
});
export type Mastering = z.infer<typeof masteringSchema>;

export const videoStreamSchema = streamSchema.extend({
  /** As stored, before pixel aspect ratio and rotation. */
  codedSize: sizeSchema,
  /** As displayed, after pixel aspect ratio and rotation. */
  displaySize: sizeSchema,
  pixelAspectRatio: rationalSchema,
  orientation: orientationSchema,
  /** ffprobe's r_frame_rate: the lowest rate whose ticks include every timestamp. */
  baseFrameRate: rationalSchema.nullable(),
  averageFrameRate: rationalSchema.nullable(),
  frameCount: z.int().nullable(),
  fieldOrder: z.enum(['progressive', 'top-first', 'bottom-first', 'unknown']),
  pixelFormat: z.string().nullable(),
  bitDepth: z.int().nullable(),
  colour: z.strictObject({
    range: z.enum(['limited', 'full', 'unknown']),
    /** ffmpeg's names; null if the file has none. */
    primaries: z.string().nullable(),
    transfer: z.string().nullable(),
    matrix: z.string().nullable(),
  }),
  dynamicRange: z.enum(['sdr', 'pq', 'hlg']),
  dolbyVision: dolbyVisionSchema.nullable(),
  mastering: masteringSchema,
  /** Cover art: a still image that belongs to the file, not its video. */
  isAttachedPicture: z.boolean(),
  /** CEA-608/708 inside the video stream. */
  hasClosedCaptions: z.boolean(),
  /** End of the last frame by Matroska's statistics tags; null without them. */
  taggedDurationSeconds: z.number().nonnegative().nullable().default(null),
  /** Whether pixels can be transparent. */
  hasAlpha: z.boolean().default(false),
  /** Projection of a spherical video (`equirectangular`), by ffprobe's name; null for flat video. */
  projection: z.string().nullable().default(null),
  /** How the views of both eyes are packed (`side by side`), by ffprobe's name; null for video with one view. */
  stereoPacking: z.string().nullable().default(null),
});
export type VideoStream = z.infer<typeof videoStreamSchema>;

export const audioStreamSchema = streamSchema.extend({
  channels: z.int().nonnegative(),
  channelLayout: z.string().nullable(),
  sampleRateHertz: z.int().nonnegative(),
  role: audioRoleSchema.default('main'),
});
export type AudioStream = z.infer<typeof audioStreamSchema>;

/** A program of a transport stream, which may contain several. */
const programSchema = z.strictObject({
  id: z.int().nonnegative(),
  name: z.string().nullable(),
  streamIndexes: z.array(z.int().nonnegative()),
});

export const subtitleStreamSchema = streamSchema.extend({
  kind: z.enum(['text', 'bitmap', 'unknown']),
  isForced: z.boolean(),
  isHearingImpaired: z.boolean(),
});
export type SubtitleStream = z.infer<typeof subtitleStreamSchema>;

/** The facts that ffprobe reports about a source; values come from the file and are not measured. */
export const sourceFactsSchema = z.strictObject({
  version: z.literal(1),
  /** The demuxer that ffprobe used and ffmpeg must use. */
  demuxer: z.string(),
  container: z.string(),
  /** Bytes before the media, which every reader has to skip. */
  leadingBytes: z.int().nonnegative().default(0),
  /** Streams of a transport stream that went on under another number and were joined before it was read. */
  pidMoves: z.array(pidMoveSchema).default([]),
  sizeBytes: z.int().nonnegative().nullable(),
  /** From the first packet to the last; the first may start at any time. */
  durationSeconds: z.number().nonnegative().nullable(),
  startSeconds: z.number().nullable(),
  bitrateBitsPerSecond: z.number().nullable(),
  video: z.array(videoStreamSchema),
  audio: z.array(audioStreamSchema),
  subtitles: z.array(subtitleStreamSchema),
  /** Timecode, telemetry, chapters as text: never passed on. Attachments are listed elsewhere. */
  data: z.array(z.strictObject({ index: z.int().nonnegative(), kind: z.string() })),
  /** Streams for which ffprobe found no parameters that a decoder needs. */
  unreadable: z
    .array(z.strictObject({ index: z.int().nonnegative(), codec: z.string().nullable() }))
    .default([]),
  /** Fonts and other files in a Matroska file. */
  attachmentCount: z.int().nonnegative().default(0),
  /** Of the source; `chapters` has at most `maxChapters` of them. */
  chapterCount: z.int().nonnegative().default(0),
  chapters: z.array(chapterSchema).default([]),
  /** Empty if the container has no programs. */
  programs: z.array(programSchema).default([]),
});
export type SourceFacts = z.infer<typeof sourceFactsSchema>;
