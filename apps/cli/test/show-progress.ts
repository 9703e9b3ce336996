// Shows the progress of 30 files on standard error: a program for tests, which press a key for each next step, or q to end.
import { once } from 'node:events';
import type { JobRecord, UnitRecord } from '@fyrestream/events';
import { followedProgress } from '@fyrestream/operations';
import { after, jobRecord, unitRecord } from '@fyrestream/operations/test/job-fixtures';
import { createProgressDisplay } from '../src/progress/create-progress-display.ts';
import { createTerminal } from '../src/terminal.ts';

const terminal = createTerminal(process.stdout, process.stderr);
process.stdin.setRawMode(true).resume();
const key = async () => {
  const [pressed] = await once(process.stdin, 'data');
  if (String(pressed) === 'q') process.exit();
};

terminal.print('before the command');
const display = createProgressDisplay(terminal, { json: false });
const reports = Array.from({ length: 30 }, (_, index) =>
  display.add(`a long name of a film 映画 that fills its column, part ${index + 1}.mov`, {
    uploadShare: 0.2,
  }),
);

const reason = { code: 'all-places-taken', message: 'The stack already runs 4 tasks.', retryable: true };
const queued = jobRecord({ reason, waitCount: 1 });
const progressOf = (job: JobRecord, units: UnitRecord[] = []) => followedProgress(job, units, after(3));
const running = jobRecord({ status: 'running', startedAt: after(3) });
const plan = unitRecord('plan', { state: 'done' });
const encoding = (progress: number) => progressOf(running, [plan, unitRecord('video-00001', { progress })]);

const steps = [
  // All are uploaded and wait.
  () => {
    for (const [index, report] of reports.entries()) {
      report({ phase: 'uploading', fraction: 0.94 });
      report({ phase: 'uploaded', fraction: 0 });
      report({ ...progressOf(queued), queue: { place: index + 1, length: 30 } });
    }
  },
  // The last four encode.
  () => reports.slice(-4).forEach((report) => void report(encoding(0.5))),
  // One is interrupted and begins again.
  () => reports.at(-1)?.(progressOf(jobRecord({ reason, waitCount: 1 }))),
  () => reports.at(-1)?.(encoding(0.1)),
  // Some end.
  () => {
    for (const report of reports.slice(0, 20)) report(progressOf(jobRecord({ status: 'succeeded' })));
    reports[20]?.(progressOf(jobRecord({ status: 'failed' })));
  },
];

reports[0]?.({ phase: 'uploading', fraction: 0.94 });
for (const step of steps) {
  await key();
  step();
}
await key();
display.stop();
terminal.print('after the command');
process.stdin.pause();
