import { defaultLadderConfig } from '@fyrestream/events';
import {
  decodeRenditionCommand,
  type EncodePlan,
  encodeAudioCommand,
  encodeVideoCommand,
  type FfmpegCommand,
  type PlannedVideo,
  planEncode,
  posterCommand,
  probeArguments,
  readSourceFacts,
  remuxCommand,
  renditionProbeArguments,
  toArguments,
} from '@fyrestream/media';
import { expect, it } from 'vitest';
import { purposeOf } from './run-purpose.ts';

const facts = readSourceFacts(
  {
    streams: [
      {
        ...{ index: 0, codec_type: 'video', codec_name: 'h264', width: 640, height: 360, pix_fmt: 'yuv420p' },
        ...{ sample_aspect_ratio: '1:1', r_frame_rate: '25/1', avg_frame_rate: '25/1', duration: '4' },
      },
      {
        ...{ index: 1, codec_type: 'audio', codec_name: 'aac', channels: 2, channel_layout: 'stereo' },
        ...{ sample_rate: '48000', duration: '4' },
      },
    ],
    format: { format_name: 'mov,mp4', duration: '4', size: '1' },
  },
  'mov',
);
const plan = planEncode(facts, {}, defaultLadderConfig);
const planWithVideo = plan as EncodePlan & { video: PlannedVideo };
const sourcePath = '/tmp/scratch/job-1/source';
const targetFor = (id: string) => `unix:/tmp/scratch/${id}.sock`;
const mp4 = '/tmp/scratch/job-1/h264-360.mp4';

const commandOf = (command: FfmpegCommand) => toArguments(command).join(' ');

/** The worker's own commands: this fails if one of them changes so that it is taken for something else. */
it.each([
  ['inspection', probeArguments(sourcePath, 'mov').join(' ')],
  ['inspection', `-i ${sourcePath} -map 0:0 -vf idet -f null -`],
  ['video', commandOf(encodeVideoCommand(planWithVideo, null, { sourcePath, targetFor }))],
  ['audio', commandOf(encodeAudioCommand(plan, { sourcePath, targetFor }))],
  ['verification', renditionProbeArguments(mp4).join(' ')],
  ['verification', commandOf(decodeRenditionCommand(mp4, { packetHashTarget: 'hashes.txt' }))],
  [
    'packaging',
    commandOf(remuxCommand({ videoPath: '/tmp/v.mp4', audioPath: '/tmp/a.mp4' }, mp4, 'hashes.txt')),
  ],
  ['pictures', commandOf(posterCommand(mp4, '/tmp/scratch/job-1/poster.jpg'))],
])('recognises %s', (purpose, command) => {
  expect(purposeOf({ command })).toBe(purpose);
});
