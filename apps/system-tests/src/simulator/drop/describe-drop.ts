import type { DetailTable } from '../../bench/report/bench-report.ts';
import type { MinuteLoad, PartitionPeak } from './request-meter.ts';
import type { DropReport } from './simulate-drop.ts';

/** What a simulated drop did, as tables. */
export function describeDrop(report: DropReport): DetailTable[] {
  return [
    {
      title: 'The drop and its jobs',
      columns: ['', 'value'],
      rows: [
        ['S3 events', grouped(report.uploads)],
        ['jobs that succeeded', grouped(report.succeeded)],
        ['uploads lost', grouped(report.lost)],
        ['messages in dead-letter queues', grouped(report.deadLetters)],
        ['tasks started', grouped(report.tasks)],
        ['most tasks at a time, and the limit', `${report.peakPlaces} of ${report.maxConcurrentTasks}`],
        ['delayed messages sent', grouped(report.delayedMessages)],
        ['until all jobs stood in line (s)', report.admittedSeconds.toFixed(0)],
        ['until all jobs were over (h)', (report.endedSeconds / 3_600).toFixed(1)],
        ['longest job (s)', report.longestJobSeconds.toFixed(0)],
        ['sweeps', grouped(report.sweeps.length)],
        ['DynamoDB requests of the largest sweep', grouped(Math.max(0, ...report.sweeps))],
      ],
    },
    {
      title: 'DynamoDB by simulated minute, each value per second',
      columns: ['', 'requests', 'read units', 'write units', 'busiest second (requests)'],
      rows: loadRows(report),
    },
    {
      title:
        'Units that the busiest partitions take in one second; DynamoDB serves 3,000 reads and 1,000 writes of each',
      columns: ['', 'reads', 'writes'],
      rows: partitionRows(report.partitionPeaks),
    },
    {
      title: 'Single uploads of other tenants meanwhile (times in seconds)',
      columns: [
        ...['', 'jobs in line before it', 'event to record', 'record to line'],
        ...['line to a free place', 'line to launch', 'places of others meanwhile'],
      ],
      rows: report.singles.map((single, index) => [
        ['right behind the drop', 'after a tenth of it', 'after half of it'][index] ?? '',
        grouped(single.waitingBefore),
        ...[single.recordedAfter, single.inLineAfter, single.placeFreedAfter, single.launchedAfter].map(
          (seconds) => seconds.toFixed(1),
        ),
        String(single.placesOfOthers),
      ]),
    },
  ];
}

/** The largest load of one partition. */
export function busiestPartition(report: DropReport, kind: PartitionPeak['kind']): number {
  const ofKind = report.partitionPeaks.filter((peak) => peak.kind === kind);
  return Math.max(0, ...ofKind.map(({ unitsPerSecond }) => unitsPerSecond));
}

/** The busiest second of all. */
export function busiestSecond({ minutes }: DropReport): number {
  return Math.max(0, ...minutes.map(({ peakRequestsPerSecond }) => peakRequestsPerSecond));
}

/** Each minute until all jobs stand in line, then hours. */
function loadRows({ minutes, admittedSeconds }: DropReport): string[][] {
  const admitted = Math.min(minutes.length, Math.ceil(admittedSeconds / 60));
  const rest = minutes.slice(admitted);
  const hours = Array.from({ length: Math.ceil(rest.length / 60) }, (_, hour) =>
    rest.slice(60 * hour, 60 * hour + 60),
  );
  return [
    ...minutes.slice(0, admitted).map((minute, index) => loadRow(`minute ${index + 1}`, [minute])),
    ...hours.map((hour, index) => loadRow(`then hour ${index + 1}, mean`, hour)),
    ...(rest.length > 0 ? [loadRow('the busiest of these minutes', [busiestOf(rest)])] : []),
  ];
}

function busiestOf(minutes: readonly MinuteLoad[]): MinuteLoad {
  return minutes.reduce((busiest, minute) => (minute.requests > busiest.requests ? minute : busiest));
}

function loadRow(name: string, minutes: readonly MinuteLoad[]): string[] {
  const perSecond = (of: (minute: MinuteLoad) => number) =>
    (minutes.reduce((sum, minute) => sum + of(minute), 0) / minutes.length / 60).toFixed(0);
  const busiest = Math.max(...minutes.map(({ peakRequestsPerSecond }) => peakRequestsPerSecond));
  return [
    name,
    perSecond(({ requests }) => requests),
    perSecond(({ readUnits }) => readUnits),
    perSecond(({ writeUnits }) => writeUnits),
    grouped(busiest),
  ];
}

const partitionsShown = 8;

function partitionRows(peaks: readonly PartitionPeak[]): string[][] {
  const names = [...new Set(peaks.map(({ name }) => name))].slice(0, partitionsShown);
  const unitsOf = (name: string, kind: PartitionPeak['kind']) =>
    peaks.find((peak) => peak.name === name && peak.kind === kind)?.unitsPerSecond ?? 0;
  return names.map((name) => [name, unitsOf(name, 'read').toFixed(0), unitsOf(name, 'write').toFixed(0)]);
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
