import { expect, it } from 'vitest';
import { renderRow } from './render-row.ts';
import { renderTable } from './render-table.ts';
import { toResult } from './to-result.ts';

const row = { id: 'a', title: 'Whole pipeline', details: [], notes: [] };

it('shows the median of all runs, their spread, and whether the target is met', () => {
  const results = [
    toResult('CPU', 'x', [1.1, 1.3, 1.15], { atMost: 1.2 }),
    toResult('speed-up', 'x', [1.5], { atLeast: 1.7 }),
    toResult('memory', 'MB', [180.4]),
  ];
  expect(renderRow({ ...row, results })).toBe(
    [
      '| result   |  median |         spread | runs |    target | met |',
      '| -------- | ------: | -------------: | ---: | --------: | --: |',
      '| CPU      | 1.150 x | 1.100 to 1.300 |    3 | ≤ 1.200 x | yes |',
      '| speed-up | 1.500 x |                |    1 | ≥ 1.700 x |  NO |',
      '| memory   |  180 MB |                |    1 |           |     |',
    ].join('\n'),
  );
});

it('lists the measurements and the notes of a row below its results', () => {
  const details = [{ title: 'Medians', columns: ['', 'CPU (s)'], rows: [['plain', '10.0']] }];
  expect(renderRow({ ...row, results: [], details, notes: ['Computed from units.'] })).toBe(
    'Medians:\n\n|       | CPU (s) |\n| ----- | ------: |\n| plain |    10.0 |\n\n- Computed from units.',
  );
});

it('fills missing cells and widens columns to their longest cell', () => {
  expect(renderTable(['a', 'b'], [['first one'], ['x', '1234']])).toBe(
    ['| a         |    b |', '| --------- | ---: |', '| first one |      |', '| x         | 1234 |'].join(
      '\n',
    ),
  );
});
