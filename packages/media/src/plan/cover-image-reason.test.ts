import { expect, it } from 'vitest';
import { factsOf, videoStream } from '../../test/ffprobe-fixtures.ts';
import type { StreamSurvey } from '../observe/decode-survey.ts';
import { coverImageReason } from './cover-image-reason.ts';
import { refuseStillImage } from './refuse-still-image.ts';

const survey = (decodedFrames: number): StreamSurvey => ({
  streamIndex: 0,
  readPackets: decodedFrames,
  decodedFrames,
  decodedSeconds: 0.04,
  isWhole: true,
  warnings: 0,
  openingWarnings: 0,
  corruptFrames: 0,
  changesAudioFormat: false,
  carries: null,
});

it.each<[string, Record<string, unknown>, number, number, boolean]>([
  ['one frame of 40 ms beside a song', { duration: '0.04' }, 1, 180, true],
  ['three frames of 2 ms beside a song', { duration: '0.006' }, 3, 180, true],
  ['one frame that stands for 5 s on purpose', { duration: '5.0' }, 1, 180, false],
  [
    'Matroska, which says the length of the file',
    { duration: '180', tags: { DURATION: '00:00:00.040000000' } },
    1,
    180,
    true,
  ],
  ['one frame without audio', { duration: '0.04' }, 1, 0, false],
  ['a film', { duration: '180' }, 4_500, 180, false],
])('%s', (_, changes, frames, audioSeconds, isPicture) => {
  const [stream] = factsOf([videoStream({ ...changes })]).video;
  if (stream === undefined) throw new TypeError('no video');
  expect(coverImageReason(stream, survey(frames), audioSeconds) !== null).toBe(isPicture);
});

it.each([
  ['gif', 1, true],
  ['gif', 2, false],
  ['apng', 1, true],
  ['mjpeg', 3, true],
  ['mjpeg', 4, false],
  ['mov', 1, false],
])('%s of %d pictures is a still image: %s', (demuxer, frames, isStill) => {
  const facts = { ...factsOf([videoStream()]), demuxer };
  const act = () => refuseStillImage(facts, [survey(frames)]);
  if (isStill) expect(act).toThrow(expect.objectContaining({ code: 'image-not-video' }));
  else expect(act).not.toThrow();
});
