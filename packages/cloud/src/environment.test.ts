import { defaultLadderConfig, packProfiles } from '@fyrestream/events';
import { expect, it } from 'vitest';
import {
  invokerEnvironmentSchema,
  notifierEnvironmentSchema,
  pollerEnvironmentSchema,
  readEnvironment,
  workerEnvironmentSchema,
} from './environment.ts';

const profiles = { ladder: defaultLadderConfig, profiles: {}, profileRules: [] };
const request = { schemaVersion: 1, jobId: 'a'.repeat(26), attempt: 1, slot: 0 };
const worker = {
  FYRESTREAM_JOBS_TABLE: 'jobs',
  FYRESTREAM_RECORD_RETENTION_DAYS: '90',
  FYRESTREAM_EVENT_BUS: 'bus',
  FYRESTREAM_OUTPUT_BUCKET: 'transcoded',
  FYRESTREAM_PROFILES: packProfiles(profiles),
  FYRESTREAM_SCRATCH_DIRECTORY: '/scratch',
  FYRESTREAM_COST_LIMIT_USD: '20',
  FYRESTREAM_REGION: 'eu-central-1',
  FYRESTREAM_ARCHITECTURE: 'arm64',
  FYRESTREAM_ATTEMPT_HOURS: '12',
  FYRESTREAM_UNIT_SECONDS: '48',
  FYRESTREAM_MAX_WORKERS_PER_JOB: '1',
  FYRESTREAM_TARGET_MINUTES: '10',
  FYRESTREAM_CONTROL_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/1/control',
  FYRESTREAM_REQUEST: JSON.stringify(request),
};

function messageOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toMatchObject({ code: 'bad-environment', retryable: false });
    return (error as Error).message;
  }
  return 'nothing was refused';
}

/** An update sets new code before new variables: the second one is missing in between. */
const optional = new Set(['FYRESTREAM_LOG_LEVEL', 'FYRESTREAM_DELETE_AFTER_SOURCE_DAYS']);

it.each([
  ['poller', pollerEnvironmentSchema],
  ['invoker', invokerEnvironmentSchema],
  ['notifier', notifierEnvironmentSchema],
  ['worker', workerEnvironmentSchema],
] as const)('names every variable that the %s misses', (_name, schema) => {
  const message = messageOf(() => readEnvironment(schema, {}));
  const named = Object.keys(schema.shape).filter((name) => message.includes(`${name} is missing`));
  expect(named).toEqual(Object.keys(schema.shape).filter((name) => !optional.has(name)));
});

it('parses a complete environment', () => {
  const environment = readEnvironment(workerEnvironmentSchema, worker);
  expect(environment).toMatchObject({
    FYRESTREAM_LOG_LEVEL: 'info',
    FYRESTREAM_RECORD_RETENTION_DAYS: 90,
    FYRESTREAM_REQUEST: request,
  });
});

it.each([
  [{ FYRESTREAM_LOG_LEVEL: 'loud' }, 'FYRESTREAM_LOG_LEVEL'],
  [{ FYRESTREAM_RECORD_RETENTION_DAYS: '0' }, 'FYRESTREAM_RECORD_RETENTION_DAYS'],
  [{ FYRESTREAM_OUTPUT_BUCKET: '' }, 'FYRESTREAM_OUTPUT_BUCKET'],
  [{ FYRESTREAM_ARCHITECTURE: 'riscv' }, 'FYRESTREAM_ARCHITECTURE'],
  [{ FYRESTREAM_PROFILES: '{' }, 'FYRESTREAM_PROFILES: is not deflated base64'],
  [{ FYRESTREAM_REQUEST: '{"schemaVersion":2}' }, 'FYRESTREAM_REQUEST.jobId'],
])('names what is wrong with %j', (change, named) => {
  expect(messageOf(() => readEnvironment(workerEnvironmentSchema, { ...worker, ...change }))).toContain(
    named,
  );
});

it('names the invalid field of a profile', () => {
  const packed = packProfiles({ ...profiles, profiles: { mobile: { hdr: 'drop' as 'keep' } } });
  const change = { FYRESTREAM_PROFILES: packed };
  expect(messageOf(() => readEnvironment(workerEnvironmentSchema, { ...worker, ...change }))).toContain(
    'FYRESTREAM_PROFILES.profiles.mobile.hdr',
  );
});
