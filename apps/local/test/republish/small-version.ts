import {
  admitJob,
  type JobOutputs,
  type JobRecord,
  jobIdOf,
  stableKey,
  type Upload,
  versionPrefix,
} from '@fyrestream/events';
import {
  type AudioTrackManifest,
  createPresentation,
  renderPlaylists,
  type VideoTrackManifest,
} from '@fyrestream/media';

/** The smallest version that players can read: every file that is not a playlist contains the name of its version. */
export interface SmallVersion {
  readonly job: JobRecord;
  readonly presentation: ReturnType<typeof createPresentation>;
  readonly outputs: JobOutputs;
  /** Its files by their keys. */
  readonly files: Map<string, string>;
}

export const token = 1;

export function makeSmallVersion(upload: Upload): SmallVersion {
  const jobId = jobIdOf(upload);
  const prefix = versionPrefix(jobId, token);
  const presentation = createPresentation([videoTrack, audioTrack]);
  const names = [
    'poster.jpg',
    ...[...presentation.video, ...presentation.audio].flatMap(({ trackId, init, segments }) =>
      [init, ...segments].map(({ fileName }) => `${trackId}/${fileName}`),
    ),
  ];
  return {
    job: admitJob({
      jobId,
      upload,
      size: { cpuUnits: 1024, memoryMiB: 2048, ephemeralStorageGiB: 21 },
      costEstimateUsd: 0,
      refusal: null,
      capacity: 'spot',
      at: upload.uploadedAt,
    }),
    presentation,
    outputs: {
      prefix,
      masterKey: stableKey(upload.key, 'master.m3u8'),
      manifestKey: stableKey(upload.key, 'manifest.mpd'),
      posterKey: stableKey(upload.key, 'poster.jpg'),
      certificateKey: `${prefix}certificate.json`,
      damage: null,
      leftOut: [],
      durationSeconds: 6,
      renditions: [
        {
          ...{ name: 'h264-240', kind: 'video', codec: videoTrack.codec, width: 426, height: 240 },
          ...{ averageBitrateBitsPerSecond: 12_000, sizeBytes: 9_000, fileKey: null },
        },
      ],
    },
    files: new Map([
      ...names.map((name) => [prefix + name, prefix] as const),
      ...renderPlaylists(presentation).map(({ path, text }) => [prefix + path, text] as const),
    ]),
  };
}

const common = {
  version: 1 as const,
  language: null,
  name: null,
  mediaTimeOffsetTicks: 0,
  frameCount: 150,
  init: { fileName: 'init.mp4', sizeBytes: 700, crc32: '00000000' },
};

const gop = { startTicks: 0, offsetBytes: 24, keyFrameLengthBytes: 500, frameCount: 150, closed: true };

const videoTrack: VideoTrackManifest = {
  ...common,
  trackId: 'h264-240',
  kind: 'video',
  codec: 'avc1.640015',
  width: 426,
  height: 240,
  sampleAspect: { numerator: 1, denominator: 1 },
  videoRange: 'SDR',
  timescale: 12_800,
  segments: [{ ...segmentOf(12_800), gops: [gop] }],
};

const audioTrack: AudioTrackManifest = {
  ...common,
  trackId: 'audio-1',
  kind: 'audio',
  codec: 'mp4a.40.2',
  channels: 2,
  sampleRateHertz: 48_000,
  role: 'main',
  timescale: 48_000,
  segments: [segmentOf(48_000)],
};

function segmentOf(timescale: number) {
  return {
    fileName: 'segment_00001.m4s',
    startTicks: 0,
    durationTicks: 6 * timescale,
    sizeBytes: 9_000,
    frameCount: 150,
    gops: [],
  };
}
