import { defaultLadderConfig } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { audioStream, type factsOf, probeOf, videoStream } from '../../test/ffprobe-fixtures.ts';
import { readSourceFacts } from '../facts/read-source-facts.ts';
import { planEncode } from './plan-encode.ts';

type Streams = Parameters<typeof factsOf>[0];

function leftOut(streams: Streams, more: object = {}) {
  const probe = { ...(probeOf(streams) as object), ...more };
  return planEncode(readSourceFacts(probe, 'matroska'), {}, defaultLadderConfig).leftOut;
}

const sideData = (fields: object) => videoStream({ side_data_list: [fields] });

it.each<[string, Streams, string, RegExp]>([
  ['transparency of pixels', [videoStream({ pix_fmt: 'yuva444p10le' })], 'alpha', /transparency/],
  [
    'transparency beside the pixels (VP9)',
    [videoStream({ tags: { alpha_mode: '1' } })],
    'alpha',
    /transparency/,
  ],
  [
    'a spherical video',
    [sideData({ side_data_type: 'Spherical Mapping', projection: 'equirectangular' })],
    'projection',
    /360° video \(equirectangular\)/,
  ],
  ['two views', [sideData({ side_data_type: 'Stereo 3D', type: 'side by side' })], 'stereo', /side by side/],
])('%s', (_, streams, kind, why) => {
  expect(leftOut(streams)).toEqual([{ streamIndex: 0, kind, why: expect.stringMatching(why) }]);
});

it('chapters after the end', () => {
  expect(leftOut([videoStream()], { chapters: [{ start_time: '0' }, { start_time: '999' }] })).toEqual([
    { streamIndex: null, kind: 'chapters', why: '1 chapters: they begin after the end' },
  ]);
});

it('attached fonts as one entry', () => {
  const fonts = Array.from({ length: 110 }, (_, index) => ({ index: index + 1, codec_type: 'attachment' }));
  expect(leftOut([videoStream(), ...fonts])).toEqual([
    { streamIndex: null, kind: 'attachment', why: '110 attached files (fonts and the like)' },
  ]);
});

it('a second video without decoder parameters', () => {
  expect(leftOut([videoStream(), videoStream({ index: 1, width: 0, height: 0 })])).toEqual([
    { streamIndex: 1, kind: 'video', why: 'its parameters cannot be read (h264)' },
  ]);
});

it('nothing for a simple file', () => {
  expect(leftOut([videoStream(), audioStream()])).toEqual([]);
  expect(leftOut([videoStream({ codec_name: 'gif', pix_fmt: 'bgra' })])).toEqual([]);
});
