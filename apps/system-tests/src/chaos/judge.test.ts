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
import { judge } from './judge.ts';
import type { ChaosObservations, UploadedVersion } from './observations.ts';

const at = '2026-11-20T10:00:00.000Z';
const key = 'videos/holiday.mp4';
const size = { cpuUnits: 1024, memoryMiB: 2048, ephemeralStorageGiB: 21 };
const reason = (code: string) => ({ code, message: `It is ${code}.`, retryable: false });

function version(versionId: string, kind: UploadedVersion['kind'] = 'video'): UploadedVersion {
  return { key, versionId, kind, jobId: jobIdOf({ bucket: 'source', key, versionId, etag: '' }) };
}

/** A job and all that it told, after some steps. */
function live({ versionId, jobId }: UploadedVersion, steps: JobStep[], refusal: string | null = null) {
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
  const prefix = versionPrefix(key, jobId, token);
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

/** Two uploads of a key: the first gave way, the second is published under its token 2. */
function goodRun() {
  const older = version('1');
  const newer = version('2');
  const gone = live(older, [{ kind: 'superseded', reason: reason('superseded') }]);
  const done = live(newer, publishing(newer.jobId, 2));
  const named = { jobId: newer.jobId, token: 2 };
  const prefix = versionPrefix(key, newer.jobId, 2);
  const observations: ChaosObservations = {
    versions: new Map([[key, [older, newer]]]),
    acknowledged: [older, newer],
    jobs: new Map([gone.job, done.job].map((job) => [job.jobId, job])),
    events: [...gone.events, ...done.events],
    stableFiles: new Map([[key, new Map(stableFileNames.map((name) => [name, named]))]]),
    outputs: new Set(['certificate.json', 'master.m3u8', 'manifest.mpd'].map((name) => `${prefix}${name}`)),
    sightings: [{ key, ...named }],
    kills: new Map(),
    launches: ['attempt 1'],
    leftovers: [],
  };
  return { older, newer, observations, done };
}

it('finds nothing wrong where all went well', () => {
  const { observations, older, newer } = goodRun();
  const { violations, outcomes } = judge(observations);
  expect(violations).toEqual([]);
  expect(outcomes.get(older)).toBe('superseded');
  expect(outcomes.get(newer)).toBe('succeeded');
});

type Change = (run: ReturnType<typeof goodRun>) => Partial<ChaosObservations>;

const naming =
  (name: StableFileName, jobId: string, token: number): Change =>
  ({ observations }) => ({
    stableFiles: new Map([[key, new Map(observations.stableFiles.get(key)).set(name, { jobId, token })]]),
  });

it.each<[string, Change, RegExp]>([
  [
    'an upload without a job',
    ({ newer, observations }) => ({ jobs: without(observations.jobs, newer.jobId) }),
    /is lost/,
  ],
  [
    'a job that is not over',
    ({ newer, observations }) => ({ jobs: new Map(observations.jobs).set(newer.jobId, live(newer, []).job) }),
    /is stuck: it is queued/,
  ],
  [
    'a good video that failed',
    ({ newer, observations }) => failing(newer, observations, 'ffmpeg-failed'),
    /video became failed \(ffmpeg-failed/,
  ],
  [
    'a text that was published',
    ({ older, newer, observations }) => ({
      versions: new Map([[key, [older, { ...newer, kind: 'text' }]]]),
      jobs: observations.jobs,
    }),
    /text became succeeded/,
  ],
  [
    'the newest upload giving way',
    ({ older, newer }) => ({ versions: new Map([[key, [newer, older]]]) }),
    /video became cancelled/,
  ],
  [
    'an event still owed',
    ({ newer, done, observations }) => ({
      jobs: new Map(observations.jobs).set(newer.jobId, { ...done.job, owed: done.events }),
    }),
    /still owes/,
  ],
  ['an end that nobody was told of', () => ({ events: [] }), /never told that it is succeeded/],
  [
    'an end told of twice',
    ({ observations }) => ({
      events: [...observations.events, ...observations.events.map((event) => ({ ...event, eventId: 'x' }))],
    }),
    /told of several ends as succeeded/,
  ],
  [
    'a viewer who saw another token',
    ({ newer }) => ({ sightings: [{ key, jobId: newer.jobId, token: 1 }] }),
    /is doubled: .*\/1\/ was named/,
  ],
  [
    'a viewer who saw an older version come back',
    ({ older, newer }) => ({
      sightings: [
        { key, jobId: newer.jobId, token: 2 },
        { key, jobId: older.jobId, token: 1 },
      ],
    }),
    /older version overtook/,
  ],
  [
    'a published version without its files',
    () => ({ outputs: new Set() }),
    /succeeded without .*certificate.json/,
  ],
  ['a manifest of another version', naming('manifest.mpd', version('1').jobId, 1), /manifest.mpd names/],
  ['a master that is missing', () => ({ stableFiles: new Map() }), /no master.m3u8/],
  [
    'an upload that S3 lost',
    ({ observations }) => ({ acknowledged: [...observations.acknowledged, version('3')] }),
    /has it no more/,
  ],
  [
    'a job of no upload',
    ({ newer, observations }) => ({ jobs: new Map(observations.jobs).set('other', live(newer, []).job) }),
    /job other is of no upload/,
  ],
  [
    'two tasks for one launch',
    () => ({ launches: ['attempt 1', 'attempt 1'] }),
    /two tasks were started for attempt 1/,
  ],
  ['whatever is left behind', () => ({ leftovers: ['a dead letter: {}'] }), /a dead letter/],
])('finds %s', (_name, change, violation) => {
  const run = goodRun();
  const { violations } = judge({ ...run.observations, ...change(run) });
  expect(violations.join('\n')).toMatch(violation);
});

it('blames nobody where the workers of a job were killed three times', () => {
  const { newer, observations } = goodRun();
  const killed = {
    ...observations,
    ...failing(newer, observations, 'worker-killed'),
    kills: new Map([[newer.jobId, 3]]),
  };
  const { violations, outcomes } = judge({
    ...killed,
    stableFiles: new Map(),
    outputs: new Set(),
    sightings: [],
  });
  expect(violations).toEqual([]);
  expect(outcomes.get(newer)).toBe('killed');
});

function failing(
  newer: UploadedVersion,
  observations: ChaosObservations,
  code: string,
): Pick<ChaosObservations, 'jobs' | 'events'> {
  const { job, events } = live(newer, [{ kind: 'failed', attempt: 0, reason: reason(code) }]);
  const others = observations.events.filter(({ jobId }) => jobId !== newer.jobId);
  return { jobs: new Map(observations.jobs).set(newer.jobId, job), events: [...others, ...events] };
}

function without<Value>(map: ReadonlyMap<string, Value>, key: string): Map<string, Value> {
  return new Map([...map].filter(([standing]) => standing !== key));
}
