import {
  admitJob,
  advanceJob,
  type JobEvent,
  type JobOutputs,
  type JobRecord,
  type JobStep,
  jobIdOf,
  type StableFileName,
  stableFileNames,
  stableKey,
  versionPrefix,
} from '@fyrestream/events';
import { expect, it } from 'vitest';
import { findViolations } from './find-violations.ts';
import type { Observations, UploadedVersion } from './observations.ts';

const at = '2026-11-20T10:00:00.000Z';
const key = 'videos/holiday.mp4';
const size = { cpuUnits: 1024, memoryMiB: 2048, ephemeralStorageGiB: 21 };
const reason = (code: string) => ({ code, message: `It is ${code}.`, retryable: false });

function version(versionId: string): UploadedVersion {
  return {
    ...{ key, versionId, jobId: jobIdOf({ bucket: 'source', key, versionId, etag: '' }) },
    ...{ content: 'video', mustHaveJob: true, expectedStatus: 'succeeded', expectedReasonCode: null },
    ...{ mayFail: false, isUserControlled: false },
  };
}

const text = {
  content: 'text',
  expectedStatus: 'failed',
  expectedReasonCode: 'not-media',
} as const;

/** A job and all its events after some steps. */
function jobAfter({ versionId, jobId }: UploadedVersion, steps: JobStep[], refusal: string | null = null) {
  const upload = {
    bucket: 'source',
    key,
    versionId,
    etag: '',
    sizeBytes: 1,
    sequencer: null,
    uploadedAt: at,
  };
  let job: JobRecord = admitJob({
    ...{ jobId, upload, size, at, capacity: 'spot', costEstimateUsd: null },
    refusal: refusal === null ? null : reason(refusal),
  });
  for (const step of steps) {
    const advance = advanceJob(job, step, at);
    if (advance.outcome === 'moved') job = advance.job;
  }
  return { job: { ...job, owed: [] as JobEvent[] }, events: job.owed };
}

const launch = {
  ...{ attempt: 1, taskArn: null, plannedAt: at },
  request: {
    ...{ clientToken: 't', cluster: 'c', taskDefinition: 'd', containerName: 'n', capacity: 'spot' as const },
    ...{ size, subnets: [], securityGroups: [], startedBy: 'j', environment: {} },
  },
};

function publishing(jobId: string, token: number): JobStep[] {
  const prefix = versionPrefix(jobId, token);
  const outputs: JobOutputs = {
    ...{ prefix, masterKey: stableKey(key, 'master.m3u8'), manifestKey: stableKey(key, 'manifest.mpd') },
    ...{
      posterKey: null,
      certificateKey: `${prefix}certificate.json`,
      damage: null,
      leftOut: [],
      durationSeconds: 1,
      renditions: [],
    },
  };
  return [
    { kind: 'launch-planned', launch },
    { kind: 'work-started', attempt: 1 },
    { kind: 'publication-chosen', token },
    { kind: 'published', token, outputs },
  ];
}

/** Two uploads of a key: the second replaced the first and is published under its token 2. */
function goodRun() {
  const older = version('1');
  const newer = version('2');
  const gone = jobAfter(older, [{ kind: 'superseded', reason: reason('superseded') }]);
  const done = jobAfter(newer, publishing(newer.jobId, 2));
  const named = { jobId: newer.jobId, token: 2 };
  const prefix = versionPrefix(newer.jobId, 2);
  const observations: Observations = {
    versions: new Map([[key, [older, newer]]]),
    jobs: new Map([gone.job, done.job].map((job) => [job.jobId, job])),
    events: [...gone.events, ...done.events],
    stableFiles: new Map([[key, new Map(stableFileNames.map((name) => [name, named]))]]),
    outputKeys: new Set([`${prefix}certificate.json`]),
    requiredFiles: ['certificate.json'],
    expiredJobIds: new Set(),
    sightings: [{ key, fileName: 'master.m3u8', ...named }],
    launches: ['attempt 1'],
  };
  return { older, newer, observations, done };
}

it('finds nothing after a correct run', () => {
  expect(findViolations(goodRun().observations)).toEqual([]);
});

type Change = (run: ReturnType<typeof goodRun>) => Partial<Observations>;

const naming =
  (name: StableFileName, jobId: string, token: number): Change =>
  ({ observations }) => ({
    stableFiles: new Map([[key, new Map(observations.stableFiles.get(key)).set(name, { jobId, token })]]),
  });

it.each<[string, Change, RegExp]>([
  [
    'an upload without a job',
    ({ newer, observations }) => ({ jobs: without(observations.jobs, newer.jobId) }),
    /^lost: .* has no record/,
  ],
  [
    'a job that has not ended',
    ({ newer, observations }) => ({
      jobs: new Map(observations.jobs).set(newer.jobId, jobAfter(newer, []).job),
    }),
    /^stuck: .* is still queued/,
  ],
  [
    'a valid video that failed',
    ({ newer, observations }) => failing(newer, observations, 'ffmpeg-failed'),
    /^wrong: .* is failed \(ffmpeg-failed: .*instead of succeeded/,
  ],
  [
    'a text that was published',
    ({ older, newer }) => ({ versions: new Map([[key, [older, { ...newer, ...text }]]]) }),
    /^wrong: .*\(text\) is succeeded instead of failed/,
  ],
  [
    'a text that failed for another reason',
    ({ older, newer, observations }) => ({
      ...failing(newer, observations, 'ffmpeg-failed'),
      versions: new Map([[key, [older, { ...newer, ...text }]]]),
    }),
    /^wrong: .*\(text\) is failed \(ffmpeg-failed/,
  ],
  [
    'a newest upload that was superseded',
    ({ older, newer }) => ({ versions: new Map([[key, [newer, older]]]) }),
    /^wrong: .* is cancelled \(superseded/,
  ],
  [
    'an event that is not published',
    ({ newer, done, observations }) => ({
      jobs: new Map(observations.jobs).set(newer.jobId, { ...done.job, owed: done.events }),
    }),
    /^not-notified: .* has the unpublished event/,
  ],
  ['an end without an event', () => ({ events: [] }), /^not-notified: .* is succeeded without an event/],
  [
    'an end with two events',
    ({ observations }) => ({
      events: [...observations.events, ...observations.events.map((event) => ({ ...event, eventId: 'x' }))],
    }),
    /^doubled: .* several events for its end as succeeded/,
  ],
  [
    'a sighting of another token',
    ({ newer }) => ({ sightings: [{ key, fileName: 'master.m3u8', jobId: newer.jobId, token: 1 }] }),
    /^doubled: .* was published as .*\/1\//,
  ],
  [
    'an older version that replaced a newer one',
    ({ older, newer }) => ({
      sightings: [
        { key, fileName: 'master.m3u8', jobId: newer.jobId, token: 2 },
        { key, fileName: 'master.m3u8', jobId: older.jobId, token: 1 },
      ],
    }),
    /^mixed: .* an older version replaced a newer one/,
  ],
  [
    'a published version without its files',
    () => ({ outputKeys: new Set() }),
    /^mixed: .*certificate.json is missing/,
  ],
  [
    'a published version whose files were removed as expired',
    ({ newer }) => ({ outputKeys: new Set(), expiredJobIds: new Set([newer.jobId]) }),
    /^mixed: .*certificate.json is missing/,
  ],
  [
    'a manifest of another version',
    naming('manifest.mpd', version('1').jobId, 1),
    /^mixed: .*manifest.mpd names/,
  ],
  ['a missing master playlist', () => ({ stableFiles: new Map() }), /^mixed: .*master.m3u8 is missing/],
  [
    'a job without an upload',
    ({ newer, observations }) => ({
      jobs: new Map(observations.jobs).set('other', jobAfter(newer, []).job),
    }),
    /^wrong: job other belongs to no upload/,
  ],
  [
    'two tasks for one launch',
    () => ({ launches: ['attempt 1', 'attempt 1'] }),
    /^doubled: two tasks were started for one launch: attempt 1/,
  ],
])('finds %s', (_name, change, violation) => {
  const run = goodRun();
  const violations = findViolations({ ...run.observations, ...change(run) });
  expect(violations.map(({ kind, message }) => `${kind}: ${message}`)).toContainEqual(
    expect.stringMatching(violation),
  );
});

it.each<[string, Partial<UploadedVersion>]>([
  ['whose attempts failed too often', { mayFail: true }],
  ['that a user controlled', { isUserControlled: true }],
])('accepts the failure of a job %s', (_name, change) => {
  const { older, newer, observations } = goodRun();
  const violations = findViolations({
    ...observations,
    ...failing(newer, observations, 'worker-killed'),
    versions: new Map([[key, [older, { ...newer, ...change }]]]),
    stableFiles: new Map(),
    outputKeys: new Set(),
    sightings: [],
  });
  expect(violations).toEqual([]);
});

it('accepts an upload without a job when no notification was sent for it', () => {
  const { older, newer, observations } = goodRun();
  const unnoticed = { ...older, mustHaveJob: false };
  const violations = findViolations({
    ...observations,
    versions: new Map([[key, [unnoticed, newer]]]),
    jobs: without(observations.jobs, older.jobId),
  });
  expect(violations).toEqual([]);
});

function failing(
  newer: UploadedVersion,
  observations: Observations,
  code: string,
): Pick<Observations, 'jobs' | 'events'> {
  const { job, events } = jobAfter(newer, [{ kind: 'failed', attempt: 0, reason: reason(code) }]);
  const others = observations.events.filter(({ jobId }) => jobId !== newer.jobId);
  return { jobs: new Map(observations.jobs).set(newer.jobId, job), events: [...others, ...events] };
}

function without<Value>(map: ReadonlyMap<string, Value>, key: string): Map<string, Value> {
  return new Map([...map].filter(([known]) => known !== key));
}
