import { expect, it } from 'vitest';
import { createFrameTimesReader } from './frame-times.ts';

const read = (...times: string[]) => {
  const reader = createFrameTimesReader();
  for (const time of times) reader.push(`frame:0    pts:0       pts_time:${time}\nseen=1\n`);
  return reader.end();
};

it('a first frame a few microseconds after 0 is not read as a frame at nine seconds', () => {
  expect(read('9.07029e-05', '0.0233107', '0.0465306')).toMatchObject({
    firstSeconds: 0.0000907029,
    lastSeconds: 0.0465306,
  });
  expect(read('-2.08333e-05', '0.02')).toMatchObject({ firstSeconds: -0.0000208333, lastSeconds: 0.02 });
});
