import { z } from 'zod';
import { rationalSchema } from '../cmaf/rational.ts';
import { audioRoleSchema } from './audio-role.ts';

const streamSchema = z.strictObject({
  /** Position in the container, as `0:<index>` in ffmpeg's maps. */
  index: z.int().nonnegative(),
  /** ffmpeg's name; null where ffmpeg does not know the codec. */
  codec: z.string().nullable(),
  /** BCP-47 (`en`, not `eng`); null where the file does not say. */
  language: z.string().nullable(),
  title: z.string().nullable(),
  isDefault: z.boolean(),
  startSeconds: z.number().nullable(),
  durationSeconds: z.number().nullable(),
  bitrateBitsPerSecond: z.number().nullable(),
  /** The container says that its samples are encrypted. */
  isEncrypted: z.boolean(),
  /** It carries data for a key, which alone proves nothing: decoding has to settle it. */
  hasEncryptionData: z.boolean(),
});

const sizeSchema = z.strictObject({ width: z.int().positive(), height: z.int().positive() });
export type FrameSize = z.infer<typeof sizeSchema>;

/** What has to be done to stored frames so that a person sees them upright. */
export const orientationSchema = z.strictObject({
  /** Clockwise, in degrees: 0, 90, 180 or 270 after mirroring. */
  rotationDegrees: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  isMirrored: z.boolean(),
  /** ffmpeg acts by itself on a display matrix, but not on the legacy `rotate` tag. */
  signalledBy: z.enum(['display-matrix', 'rotate-tag', 'nothing']),
});
export type Orientation = z.infer<typeof orientationSchema>;

const dolbyVisionSchema = z.strictObject({
  profile: z.int(),
  /** 0: none; 1: HDR10; 2: SDR; 4: HLG; 6: HDR10 of Ultra HD Blu-ray. */
  compatibilityId: z.int(),
  /** Whether the picture makes sense to a decoder that knows nothing of Dolby Vision. */
  hasBaseLayer: z.boolean(),
});

const chromaticitySchema = z.strictObject({ x: z.number(), y: z.number() });

/** CIE 1931 coordinates and luminance. Source: SMPTE ST 2086; CTA-861.3 for the content's light. */
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
  /** As a person should see it: after pixel aspect ratio and rotation. */
  displaySize: sizeSchema,
  pixelAspectRatio: rationalSchema,
  orientation: orientationSchema,
  /** ffprobe's r_frame_rate: the coarsest grid that holds every timestamp. */
  baseFrameRate: rationalSchema.nullable(),
  averageFrameRate: rationalSchema.nullable(),
  frameCount: z.int().nullable(),
  fieldOrder: z.enum(['progressive', 'top-first', 'bottom-first', 'unknown']),
  pixelFormat: z.string().nullable(),
  bitDepth: z.int().nullable(),
  colour: z.strictObject({
    range: z.enum(['limited', 'full', 'unknown']),
    /** ffmpeg's names; null where the file does not say. */
    primaries: z.string().nullable(),
    transfer: z.string().nullable(),
    matrix: z.string().nullable(),
  }),
  dynamicRange: z.enum(['sdr', 'pq', 'hlg']),
  dolbyVision: dolbyVisionSchema.nullable(),
  mastering: masteringSchema,
  /** Cover art: a picture that belongs to the file, not its video. */
  isAttachedPicture: z.boolean(),
  /** CEA-608/708 inside the video stream. */
  hasClosedCaptions: z.boolean(),
  /** Whether its pixels may be transparent. */
  hasAlpha: z.boolean().default(false),
  /** How a sphere was laid flat (`equirectangular`), by ffprobe's name; null for an ordinary picture. */
  projection: z.string().nullable().default(null),
  /** How the views of both eyes are packed (`side by side`), by ffprobe's name; null for an ordinary picture. */
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

/** Of a container that holds several films at once: a transport stream. */
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

/** What ffprobe tells of a source, in our words; every value is the file's own claim, nothing is measured. */
export const sourceFactsSchema = z.strictObject({
  version: z.literal(1),
  /** The demuxer that was forced upon ffprobe and has to be forced upon ffmpeg. */
  demuxer: z.string(),
  container: z.string(),
  /** Bytes before the media that are none: every reader has to skip them. */
  leadingBytes: z.int().nonnegative().default(0),
  sizeBytes: z.int().nonnegative().nullable(),
  /** From the first packet to the last, whatever time the first one has. */
  durationSeconds: z.number().nonnegative().nullable(),
  startSeconds: z.number().nullable(),
  bitrateBitsPerSecond: z.number().nullable(),
  video: z.array(videoStreamSchema),
  audio: z.array(audioStreamSchema),
  subtitles: z.array(subtitleStreamSchema),
  /** Timecode, telemetry, chapters as text: never carried over. Attachments are not among them. */
  data: z.array(z.strictObject({ index: z.int().nonnegative(), kind: z.string() })),
  /** Streams of which ffprobe found out nothing that a decoder needs. */
  unreadable: z
    .array(z.strictObject({ index: z.int().nonnegative(), codec: z.string().nullable() }))
    .default([]),
  /** Fonts and other files that Matroska carries. */
  attachmentCount: z.int().nonnegative().default(0),
  chapterCount: z.int().nonnegative().default(0),
  /** Empty where the container knows none. */
  programs: z.array(programSchema).default([]),
});
export type SourceFacts = z.infer<typeof sourceFactsSchema>;
