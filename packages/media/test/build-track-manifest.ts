import type { AudioTrackManifest, Segment, VideoTrackManifest } from '../src/index.ts';

type Sizes = readonly number[];

/** A video track at 30 frames per second with segments of 6 s and GOPs of 2 s, for tests of playlists. */
export function buildVideoTrack(
  trackId: string,
  {
    sizesBytes = [600_000, 450_000],
    lastSeconds = 6,
    ...changes
  }: Partial<VideoTrackManifest> & {
    sizesBytes?: Sizes;
    lastSeconds?: number;
  } = {},
): VideoTrackManifest {
  const timescale = 15360;
  const segments = buildSegments(sizesBytes, timescale, lastSeconds).map((segment) => {
    const gops = Array.from({ length: Math.ceil(segment.durationTicks / (2 * timescale)) }, (_, index) => ({
      startTicks: segment.startTicks + index * 2 * timescale,
      offsetBytes: 24 + index * 1000,
      keyFrameLengthBytes: 500,
      frameCount: Math.min(60, (segment.durationTicks / timescale) * 30 - index * 60),
      closed: true,
    }));
    return { ...segment, frameCount: (segment.durationTicks / timescale) * 30, gops };
  });
  return {
    version: 1,
    trackId,
    kind: 'video',
    codec: 'avc1.64001f',
    width: 1280,
    height: 720,
    sampleAspect: { numerator: 1, denominator: 1 },
    videoRange: 'SDR',
    timescale,
    mediaTimeOffsetTicks: 1024,
    language: null,
    name: null,
    init: { fileName: 'init.mp4', sizeBytes: 800, crc32: '00000000' },
    segments,
    frameCount: segments.reduce((sum, segment) => sum + segment.frameCount, 0),
    ...changes,
  };
}

/** An audio track with segments of 6 s. */
export function buildAudioTrack(
  trackId: string,
  {
    sizesBytes = [96_000, 96_000],
    lastSeconds = 6,
    ...changes
  }: Partial<AudioTrackManifest> & {
    sizesBytes?: Sizes;
    lastSeconds?: number;
  } = {},
): AudioTrackManifest {
  const timescale = 48_000;
  return {
    version: 1,
    trackId,
    kind: 'audio',
    codec: 'mp4a.40.2',
    channels: 2,
    sampleRateHertz: 48_000,
    role: 'main',
    timescale,
    mediaTimeOffsetTicks: 0,
    language: null,
    name: null,
    init: { fileName: 'init.mp4', sizeBytes: 700, crc32: '00000000' },
    segments: buildSegments(sizesBytes, timescale, lastSeconds),
    frameCount: 100 * sizesBytes.length,
    ...changes,
  };
}

function buildSegments(sizesBytes: Sizes, timescale: number, lastSeconds: number): Segment[] {
  return sizesBytes.map((sizeBytes, index) => ({
    fileName: `segment_0000${index + 1}.m4s`,
    startTicks: index * 6 * timescale,
    durationTicks: (index === sizesBytes.length - 1 ? lastSeconds : 6) * timescale,
    sizeBytes,
    frameCount: 100,
    gops: [],
  }));
}
