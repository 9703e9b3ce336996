import { busiestPartition, busiestSecond, describeDrop } from '../../simulator/drop/describe-drop.ts';
import { simulateDrop } from '../../simulator/drop/simulate-drop.ts';
import { toResult } from '../report/to-result.ts';
import type { BenchRow } from './bench-row.ts';

const maxConcurrentTasks = 50;

/** (j) Thousands of uploads of one tenant at once, and single ones of others. */
export const largeDrop: BenchRow = {
  id: 'j',
  title: 'A drop of thousands of uploads, in simulated time',
  usesMaterial: false,
  filmVariants: [],
  async run({ options: { drop } }) {
    const report = await simulateDrop({ uploads: drop, maxConcurrentTasks });
    const percent = (count: number) => (100 * count) / report.uploads;
    const longestWait = Math.max(...report.singles.map(({ launchedAfter }) => launchedAfter));
    const longestDelay = Math.max(
      ...report.singles.map((single) => single.recordedAfter + single.inLineAfter + single.launchedAfter),
    );
    // On-demand tables serve this much of one partition.
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
    return {
      results: [
        toResult('uploads lost', '%', [percent(report.lost)], { atMost: 0 }),
        toResult('dead letters, of the uploads', '%', [percent(report.deadLetters)], { atMost: 0 }),
        toResult(
          'wait of another tenant in line, against the longest job',
          'x',
          [longestWait / report.longestJobSeconds],
          { atMost: 1 },
        ),
        toResult(
          'delay of another tenant from its event to its launch, against the longest job',
          'x',
          [longestDelay / report.longestJobSeconds],
          { atMost: 1 },
        ),
        toResult('DynamoDB requests, busiest second', 'per second', [busiestSecond(report)]),
        toResult('read units of one partition', 'per second', [busiestPartition(report, 'read')], {
          atMost: 3_000,
        }),
        toResult('write units of one partition', 'per second', [busiestPartition(report, 'write')], {
          atMost: 1_000,
        }),
      ],
      details: describeDrop(report),
      notes: [
        `All S3 events are sent within a second. The event sources process two batches of ten messages of each queue at a time, the default of a stack, the oldest first. At most ${maxConcurrentTasks} tasks run.`,
        'Requests are those of row i; those to DynamoDB take 1 to 10 ms, others 1 to 31 ms. A job takes about two minutes: its stages take time, but encode nothing.',
        'An upload right behind the drop first waits until the events before it are handled. `pollerConcurrency` makes this shorter; the shares of tenants begin in line.',
      ],
    };
  },
};
