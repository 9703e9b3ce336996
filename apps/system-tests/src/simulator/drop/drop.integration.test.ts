import { beforeAll, describe, expect, it } from 'vitest';
import { busiestPartition } from './describe-drop.ts';
import { measureWaiting, type WaitingLoad } from './measure-waiting.ts';
import { measures, sumOf } from './request-meter.ts';
import { type DropReport, simulateDrop } from './simulate-drop.ts';

// A short `pnpm simulate --drop 10000` and a short row i of `pnpm bench`.
const uploads = 300;
const maxConcurrentTasks = 20;
/** What one sweep does at most: it lists 200 objects and some 250 jobs, and needs a few requests for each. */
const maxRequestsPerSweep = 1_000;

describe('a drop of uploads by one tenant', () => {
  let report: DropReport;
  beforeAll(async () => {
    report = await simulateDrop({ uploads, maxConcurrentTasks });
  });

  it('loses no upload, starts each once, and fills all places but no more', () => {
    const all = uploads + report.singles.length;
    expect(report).toMatchObject({ uploads: all, succeeded: all, lost: 0, deadLetters: 0, tasks: all });
    expect(report.peakPlaces).toBe(maxConcurrentTasks);
  });

  it('sends no delayed messages, and takes less of each partition of the table than DynamoDB serves', () => {
    expect(report.delayedMessages).toBe(0);
    expect(busiestPartition(report, 'read')).toBeLessThan(3_000);
    expect(busiestPartition(report, 'write')).toBeLessThan(1_000);
    expect(report.sweeps.length).toBeGreaterThan(3);
    expect(Math.max(...report.sweeps)).toBeLessThan(maxRequestsPerSweep);
  });

  it('delays a single upload of another tenant by at most the length of a job: it gets the next place', () => {
    expect(report.singles).toHaveLength(3);
    for (const { launchedAfter, placesOfOthers } of report.singles) {
      expect(launchedAfter).toBeLessThan(report.longestJobSeconds);
      expect(placesOfOthers).toBe(0);
    }
    expect(Math.max(...report.singles.map(({ waitingBefore }) => waitingBefore))).toBeGreaterThan(
      uploads / 2,
    );
  });
});

it('a drop while ECS has no capacity costs few requests to it, and few delayed messages', async () => {
  const outageMinutes = 30;
  const outage = await simulateDrop({ uploads: 150, maxConcurrentTasks, outageMinutes });
  expect(outage).toMatchObject({ lost: 0, deadLetters: 0, tasks: outage.uploads });
  // Beside the launch of each task: refusals by each sweep and each reminder, so many in a minute however many uploads wait.
  expect(outage.ecsRequests - outage.uploads).toBeLessThan(10 * outageMinutes);
  expect(outage.delayedMessages).toBeLessThan(30);
});

describe('a job', () => {
  let few: WaitingLoad;
  let many: WaitingLoad;
  beforeAll(async () => {
    few = await measureWaiting(50, { maxConcurrentTasks, jobs: 100 });
    many = await measureWaiting(400, { maxConcurrentTasks, jobs: 100 });
  });

  it.each(measures)('needs the same %s while 50 jobs and while 400 jobs wait, within a tenth', (measure) => {
    const [ofFew, ofMany] = [few, many].map(
      (load) => sumOf(load.counts, measure, 'sweep-requested') / load.jobs,
    );
    expect(ofFew).toBeGreaterThan(0);
    expect((ofMany ?? 0) / (ofFew ?? 0)).toBeGreaterThan(0.9);
    expect((ofMany ?? 0) / (ofFew ?? 0)).toBeLessThan(1.1);
  });
});
