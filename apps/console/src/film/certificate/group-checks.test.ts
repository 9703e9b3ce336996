import { expect, it } from 'vitest';
import { groupChecks } from './group-checks.ts';

const check = (
  name: string,
  subject: string | null,
  measured: number | string,
  bound: string,
  passed = true,
) => ({
  ...{ name, subject, measured, bound, passed },
});

it('shows the checks of all tracks of one kind in one row, with units', () => {
  const [picture, sound, files, others] = groupChecks([
    check('picture-structure', 'h264-720', 0.98765, 'at least 0.479'),
    check('picture-structure', 'h264-240', 0.9, 'at least 0.5'),
    check('wrong-pictures-share', 'h264-720', 0.012, 'at most 0.1'),
    check('sound-lag-seconds', 'audio-1', 0.005, 'at most 0.02'),
    check('sound-lag-seconds', 'audio-2', 'too short to measure', 'none: not measurable'),
    check('audio-offset-differs-seconds', 'audio-1', 'the source is damaged', 'none: not measurable'),
    check('stored-files', null, 'a.m4s', 'all', false),
    check('check-of-tomorrow', null, 12_345, '12345'),
  ]);
  expect(picture?.rows.map(({ measured, limit, count }) => [measured, limit, count])).toEqual([
    ['0.9 to 0.988', 'at least 0.479 to 0.5', 2],
    ['1.2%', 'at most 10%', 1],
  ]);
  expect(sound?.rows).toMatchObject([
    {
      measured: '5 ms, too short to measure',
      limit: 'at most 20 ms',
      count: 2,
      outcome: 'passed',
    },
    { measured: 'the source is damaged', limit: '', outcome: 'not measured' },
  ]);
  expect(files?.rows).toMatchObject([{ measured: 'a.m4s', limit: 'all', outcome: 'failed' }]);
  expect(others).toMatchObject({
    title: 'Other checks',
    rows: [{ title: 'check-of-tomorrow', measured: '12,345' }],
  });
});
