import { z } from 'zod';
import { audioRoleSchema } from '../facts/audio-role.ts';
import { rationalSchema } from './rational.ts';

/** Name of a folder and part of URLs, so only characters that need no escaping are allowed. */
const trackIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/);

const fileSchema = z.strictObject({ fileName: z.string().min(1), sizeBytes: z.int().positive() });

/** A group of pictures: one moof and its mdat inside a segment. */
export const gopSchema = z.strictObject({
  /** Presentation time of its key frame. */
  startTicks: z.int().nonnegative(),
  /** Position of its moof in the segment file. */
  offsetBytes: z.int().nonnegative(),
  /** From the first byte of moof to the last byte of the key frame: the byte range of an I-frame playlist. */
  keyFrameLengthBytes: z.int().positive(),
  frameCount: z.int().positive(),
  /** Whether no frame is shown before the key frame, so that playback can start here. */
  closed: z.boolean(),
});
export type Gop = z.infer<typeof gopSchema>;

export const segmentSchema = z.strictObject({
  ...fileSchema.shape,
  /** Presentation time of its first video or audio frame. */
  startTicks: z.int().nonnegative(),
  /** To the start of the next segment; for the last segment to the end of its last frame. */
  durationTicks: z.int().positive(),
  frameCount: z.int().positive(),
  /** Empty for audio. */
  gops: z.array(gopSchema),
});
export type Segment = z.infer<typeof segmentSchema>;

const commonShape = {
  version: z.literal(1),
  trackId: trackIdSchema,
  /** RFC 6381. */
  codec: z.string().min(1),
  /** Ticks per second; the unit of every time below, which count from the start of the presentation. */
  timescale: z.int().positive(),
  /** Media time that is presented at zero, from the edit list of the init segment. */
  mediaTimeOffsetTicks: z.int().nonnegative(),
  /** BCP 47, from the caller. */
  language: z.string().min(1).nullable(),
  /** The name in a player's menu, from the caller. */
  name: z.string().min(1).nullable(),
  init: z.strictObject({ ...fileSchema.shape, crc32: z.string().regex(/^[0-9a-f]{8}$/) }),
  segments: z.array(segmentSchema).min(1),
  frameCount: z.int().positive(),
};

export const videoTrackManifestSchema = z.strictObject({
  ...commonShape,
  kind: z.literal('video'),
  width: z.int().positive(),
  height: z.int().positive(),
  sampleAspect: rationalSchema,
  videoRange: z.enum(['SDR', 'PQ', 'HLG']),
});
export type VideoTrackManifest = z.infer<typeof videoTrackManifestSchema>;

export const audioTrackManifestSchema = z.strictObject({
  ...commonShape,
  kind: z.literal('audio'),
  channels: z.int().positive(),
  sampleRateHertz: z.int().positive(),
  role: audioRoleSchema.default('main'),
});
export type AudioTrackManifest = z.infer<typeof audioTrackManifestSchema>;

/** The packaged files of one rendition or audio track; stored as JSON between processes. */
export const trackManifestSchema = z.discriminatedUnion('kind', [
  videoTrackManifestSchema,
  audioTrackManifestSchema,
]);
export type TrackManifest = z.infer<typeof trackManifestSchema>;
