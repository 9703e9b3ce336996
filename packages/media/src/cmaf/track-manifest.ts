import { z } from 'zod';
import { audioRoleSchema } from '../facts/audio-role.ts';
import { rationalSchema } from './rational.ts';

/** Becomes a folder and a part of URLs, so it is kept to characters that need no escaping anywhere. */
const trackIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/);

const fileSchema = z.strictObject({ fileName: z.string().min(1), sizeBytes: z.int().positive() });

/** A group of pictures: one moof and its mdat inside a segment. */
export const gopSchema = z.strictObject({
  /** Presentation time of its key frame. */
  startTicks: z.int().nonnegative(),
  /** Where its moof begins in the segment's file. */
  offsetBytes: z.int().nonnegative(),
  /** From the first byte of moof to the last of the key frame: the byte range of an I-frame playlist. */
  keyFrameLengthBytes: z.int().positive(),
  frameCount: z.int().positive(),
  /** Whether no picture is shown before the key frame, so that playing may begin here. */
  closed: z.boolean(),
});
export type Gop = z.infer<typeof gopSchema>;

export const segmentSchema = z.strictObject({
  ...fileSchema.shape,
  /** Presentation time of its first picture or sound. */
  startTicks: z.int().nonnegative(),
  /** To the start of the next segment; of the last one to the end of its last frame. */
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
  /** Ticks per second; every time below counts in it, from the start of the presentation. */
  timescale: z.int().positive(),
  /** Media time shown at zero, as the init segment's edit list says. */
  mediaTimeOffsetTicks: z.int().nonnegative(),
  /** BCP 47, as the caller gave it. */
  language: z.string().min(1).nullable(),
  /** What a player's menu shows, as the caller gave it. */
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

/** What the packager made of one rendition or one audio track; crosses processes as JSON. */
export const trackManifestSchema = z.discriminatedUnion('kind', [
  videoTrackManifestSchema,
  audioTrackManifestSchema,
]);
export type TrackManifest = z.infer<typeof trackManifestSchema>;
