import { expect, it } from 'vitest';
import { jobOutputsSchema } from './job-outputs.ts';

it('reads outputs that version 0.1.0 recorded, which listed nothing as left out', () => {
  const written = {
    prefix: 'outputs/a.mp4/7kmsetwkiui4hfnfitqiers763/1/',
    masterKey: 'outputs/a.mp4/master.m3u8',
    manifestKey: 'outputs/a.mp4/manifest.mpd',
    posterKey: null,
    certificateKey: 'outputs/a.mp4/7kmsetwkiui4hfnfitqiers763/1/certificate.json',
    durationSeconds: 6,
    damage: null,
    renditions: [
      {
        name: 'audio-1',
        kind: 'audio',
        codec: 'mp4a.40.2',
        width: null,
        height: null,
        averageBitrateBitsPerSecond: 128_000,
        sizeBytes: 96_000,
        fileKey: null,
      },
    ],
  };
  expect(jobOutputsSchema.parse(written)).toEqual({ ...written, leftOut: [] });
});
