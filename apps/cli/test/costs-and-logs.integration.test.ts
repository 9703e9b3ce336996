import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JobEvent, jobEventSchema } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeClip, startCloud } from './start-cloud.ts';

let cloud: Awaited<ReturnType<typeof startCloud>>;
let jobId: string;
const lines = (text: string) => text.trimEnd().split('\n');
const linesOf = async (...argv: string[]): Promise<Record<string, unknown>[]> =>
  lines((await cloud.run(...argv, '--json')).output).map((line) => JSON.parse(line));

beforeAll(async () => {
  cloud = await startCloud();
  await makeClip(cloud.folder, 'clip.mp4');
  const [result] = await linesOf('upload', 'clip.mp4', '--wait', '--prefix', 'acme');
  expect(result).toMatchObject({ status: 'succeeded' });
  jobId = String(result?.jobId);
});
afterAll(() => cloud.stop());

/** All events of the job; the last one is its bill, which follows when its task has stopped. */
function billedEvents(): Promise<JobEvent[]> {
  return vi.waitFor(() => {
    const events = lines(readFileSync(join(cloud.folder, 'data', 'events.ndjson'), 'utf8'))
      .map((line) => jobEventSchema.safeParse(JSON.parse(line).detail))
      .flatMap(({ data }) => data ?? [])
      .filter((event) => event.jobId === jobId);
    expect(events.map(({ kind }) => kind)).toContain('job-billed');
    return events;
  }, 600_000);
}

it('a job shows what it really cost beside its estimate, and so do its events', async () => {
  const events = await billedEvents();
  const cost = events.find(({ kind }) => kind === 'job-billed')?.cost;
  // The local cloud starts tasks on Spot, as a stack does.
  expect(cost).toMatchObject({ isFinal: true, tasks: 1, spotSeconds: cost?.taskSeconds });
  // A minute is the least that Fargate bills; a busy machine takes longer.
  expect(cost?.taskSeconds).toBeGreaterThanOrEqual(60);
  expect(cost?.computeUsd).toBeGreaterThan(0);
  expect(cost?.requestsUsd).toBeGreaterThan(0);
  expect(cost?.storageUsdPerMonth).toBeGreaterThan(0);
  expect(cost?.estimateUsd).toBeGreaterThan(0);
  expect(events.find(({ kind }) => kind === 'job-succeeded')?.cost).toMatchObject({ isFinal: false });

  const { output } = await cloud.run('job', jobId);
  expect(output).toMatch(
    /^estimate +\$0\.\d{4}\ncost +\$0\.\d{4}\n +\$0\.\d{4} for 1 task, (.+), \1 on Spot$/m,
  );
  expect(output).toMatch(/^ +\$0\.\d{4} for requests to S3, \d+ writing and \d+ reading$/m);
  const [{ receipt, outputs } = {}] = await linesOf('job', jobId);
  const { storage, requests } = receipt as { storage: object; requests: { writes: number } };
  expect(storage).toMatchObject((outputs as { storage: object }).storage);
  // Each file of a version is at least one request.
  expect(requests.writes).toBeGreaterThan((storage as { files: number }).files);

  for (const by of ['tenant', 'day']) {
    const [group] = await linesOf('costs', '--by', by);
    expect(group).toMatchObject({
      ...{
        jobs: 1,
        jobsWithoutReceipt: 0,
        tasks: 1,
        totalUsd: cost?.totalUsd,
        estimateUsd: cost?.estimateUsd,
      },
      name: by === 'tenant' ? 'acme' : expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
    });
  }
  const { output: table, notes } = await cloud.run('costs', '--by', 'tenant');
  expect(table).toMatch(
    /^TENANT +JOBS +TASKS +TIME +SPOT +COMPUTE +REQUESTS +TOTAL +ESTIMATE +STORAGE\/MONTH$/m,
  );
  expect(table).toMatch(/^acme +1 +1 +\d+m.* +100% +\$0\.\d{4} /m);
  expect(notes).toMatch(/^1 job since .+ cost \$0\.\d{4}, and \$0\.\d{4} a month for their files$/m);
  expect((await cloud.run('costs', '--since', '2100-01-01')).notes).toMatch(/^0 jobs since/);
  expect(await cloud.run('costs', '--since', 'yesterday')).toMatchObject({ exitCode: 2 });
});

it('logs shows the lines of one job from poller, invoker and worker, in the order of time', async () => {
  await makeClip(cloud.folder, 'other.mp4');
  await cloud.run('upload', 'other.mp4', '--wait');
  const found = await linesOf('logs', jobId);
  const partsOf = (message: string) =>
    found.filter(({ text }) => String(text).includes(`"${message}"`)).map(({ part }) => part);
  expect(partsOf('message-handled')).toContain('poller');
  expect(partsOf('unit-done')).toContain('worker');
  expect(found.some(({ part }) => part === 'invoker')).toBe(true);
  for (const { text } of found) expect(text).toContain(jobId);
  const times = found.map(({ time }) => String(time));
  expect(times).toEqual(times.toSorted());

  const { output, exitCode } = await cloud.run('logs', 'clip.mp4');
  expect(exitCode).toBe(0);
  expect(lines(output)).toHaveLength(found.length);
  expect(output).toMatch(/ worker +unit-done attempt=1 slot=0 unitId=assembly token=1 seconds=[\d.]+$/m);
});
