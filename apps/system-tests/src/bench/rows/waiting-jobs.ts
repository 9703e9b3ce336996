import { measureWaiting, type WaitingLoad } from '../../simulator/drop/measure-waiting.ts';
import { type Activity, type Measure, measures, sumOf } from '../../simulator/drop/request-meter.ts';
import { toResult } from '../report/to-result.ts';
import type { BenchRow } from './bench-row.ts';

const maxConcurrentTasks = 50;
/** Ten times as many as run at a time, so that each row has all steps of a job. */
const measuredJobs = 500;
const maxDifference = 1.1;

const names: Readonly<Record<Measure, string>> = {
  'dynamodb reads': 'DynamoDB reads',
  'read units': 'DynamoDB read units',
  'dynamodb writes': 'DynamoDB writes',
  'write units': 'DynamoDB write units',
  s3: 'S3',
  sqs: 'SQS',
  ecs: 'ECS',
  lambda: 'Lambda',
  events: 'EventBridge',
};
const activities: Readonly<Record<Exclude<Activity, 'sweep-requested'>, string>> = {
  'upload-received': 'invoker: upload received',
  'job-due': 'invoker: inspected, joins the line',
  'task-stopped': 'invoker: task stopped, next job launched',
  worker: 'worker',
  poller: 'poller',
};

/** (i) What a job costs in requests while others wait in line. */
export const waitingJobs: BenchRow = {
  id: 'i',
  title: 'Requests of a job, by the number of jobs in line',
  usesMaterial: false,
  filmVariants: [],
  async run({ options: { waiting }, report }) {
    const loads: WaitingLoad[] = [];
    for (const count of waiting) {
      const load = await measureWaiting(count, { maxConcurrentTasks, jobs: measuredJobs });
      report(
        `${count} waiting: ${sumOf(load.counts, 'dynamodb reads').toFixed(0)} reads by ${load.jobs} jobs`,
      );
      loads.push(load);
    }
    const perJob = (load: WaitingLoad, measure: Measure) =>
      sumOf(load.counts, measure, 'sweep-requested') / load.jobs;
    const columns = ['', ...loads.map((load) => `${load.waiting.toLocaleString('en-US')} in line`)];
    return {
      results: measures.map((measure) => {
        const values = loads.map((load) => perJob(load, measure));
        const largest = Math.max(...values) / Math.min(...values);
        return toResult(`${names[measure]}, largest against smallest`, 'x', [largest], {
          atMost: maxDifference,
        });
      }),
      details: [
        {
          title: 'Per job',
          columns,
          rows: measures.map((measure) => [
            names[measure],
            ...loads.map((load) => perJob(load, measure).toFixed(2)),
          ]),
        },
        {
          title: 'DynamoDB requests per job, by what sends them',
          columns,
          rows: Object.entries(activities).map(([activity, name]) => [
            name,
            ...loads.map((load) => {
              const { 'dynamodb reads': reads = 0, 'dynamodb writes': writes = 0 } =
                load.counts.get(activity as Activity) ?? {};
              return ((reads + writes) / load.jobs).toFixed(2);
            }),
          ]),
        },
        {
          title:
            'DynamoDB requests of one sweep, which runs every five minutes and is not in the tables above',
          columns,
          rows: [
            ['fewest', ...loads.map(({ sweeps }) => Math.min(...sweeps).toFixed(0))],
            ['most', ...loads.map(({ sweeps }) => Math.max(...sweeps).toFixed(0))],
          ],
        },
      ],
      notes: [
        `Simulated: ${measuredJobs} jobs each, ${maxConcurrentTasks} tasks at a time, while each job that ends is replaced by a new upload. Poller, invoker, ledger and worker run with all their code against simulated services; the stages of the worker take time, but encode nothing.`,
        'Read units grow with `maxConcurrentTasks`: each place that is given counts the jobs under way.',
        'Without what the event source does with the queues, and without the ranged reads of S3 by the inspection.',
      ],
    };
  },
};
