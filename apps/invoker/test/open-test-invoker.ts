import {
  createLogger,
  type LaunchOutcome,
  type Ledger,
  type ListedObject,
  type ObjectStore,
  type RunningTask,
  type TaskLauncher,
} from '@fyrestream/cloud';
import { openTestLedger, type TestLedger } from '@fyrestream/cloud/test/open-test-ledger';
import type { ControlMessage, JobEvent, StoppedTask, TaskRequest, Upload } from '@fyrestream/events';
import { fargatePrices } from '@fyrestream/media';
import type { Choice } from '../src/admission/create-upload-chooser.ts';
import type { Inspection } from '../src/admission/inspect-source.ts';
import type { InvokerDependencies, InvokerSettings } from '../src/invoker-dependencies.ts';
import { estimateTestJob } from './estimate-test-job.ts';

/** The parts of an invoker over a real ledger (dynalite); ECS, queue, bus and bucket record what they receive. */
export interface TestInvoker {
  readonly table: TestLedger;
  readonly ledger: Ledger;
  readonly dependencies: InvokerDependencies;
  readonly settings: InvokerSettings;
  /** RunTask requests, in order. */
  readonly requests: TaskRequest[];
  /** The next answers of ECS; without any, it starts one task for each client token. */
  readonly launchAnswers: LaunchOutcome[];
  /** What ECS reports as stopped, by task ARN. */
  readonly stoppedTasks: Map<string, StoppedTask>;
  readonly runningTasks: RunningTask[];
  /** Tasks that the invoker stopped, with the reason. */
  readonly stopCalls: { taskArn: string; reason: string }[];
  readonly messages: { message: ControlMessage; delaySeconds: number }[];
  readonly events: JobEvent[];
  readonly objects: Map<string, ListedObject>;
  choice: Choice;
  inspection: Inspection;
  /** The same parts with some replaced. */
  with(parts: Partial<InvokerDependencies>): InvokerDependencies;
  close(): Promise<void>;
}

const taskSize = { cpuUnits: 1024, memoryMiB: 2048, ephemeralStorageGiB: 21 };
const objectFacts = { etag: 'etag', versionId: '1', metadata: {} };
export const someReason = { code: 'some-reason', message: 'Some reason.', retryable: true };

export async function openTestInvoker(changes: Partial<InvokerSettings> = {}): Promise<TestInvoker> {
  const table = await openTestLedger();
  const requests: TaskRequest[] = [];
  const launchAnswers: LaunchOutcome[] = [];
  const stoppedTasks = new Map<string, StoppedTask>();
  const runningTasks: RunningTask[] = [];
  const stopCalls: { taskArn: string; reason: string }[] = [];
  const messages: { message: ControlMessage; delaySeconds: number }[] = [];
  const events: JobEvent[] = [];
  const objects = new Map<string, ListedObject>();
  const settings: InvokerSettings = {
    launchTarget: {
      cluster: 'cluster',
      taskDefinition: 'transcoder:1',
      containerName: 'transcoder',
      subnets: [],
      securityGroups: [],
    },
    spotFirst: true,
    sourceBucket: 'videos',
    outputBucket: 'transcoded',
    oldVersionRetentionDays: 7,
    deleteAfterSourceDays: null,
    maxConcurrentTasks: 100,
    costLimitUsd: 1,
    priorities: {},
    shares: {},
    ...changes,
  };
  const launcher: TaskLauncher = {
    async launch(request) {
      requests.push(request);
      return launchAnswers.shift() ?? { outcome: 'started', taskArn: taskArnOf(request.clientToken) };
    },
    async findStopped(_cluster, taskArns) {
      return taskArns.flatMap((taskArn) => stoppedTasks.get(taskArn) ?? []);
    },
    listRunning: async () => runningTasks,
    async stop(_cluster, taskArn, reason) {
      stopCalls.push({ taskArn, reason });
    },
  };
  const invoker: TestInvoker = {
    ...{
      table,
      ledger: table.ledger,
      settings,
      requests,
      launchAnswers,
      stoppedTasks,
      runningTasks,
      stopCalls,
    },
    ...{ messages, events, objects },
    choice: {
      making: { profile: 'default', options: {}, from: 'default' },
      object: { ...objectFacts, sizeBytes: 1_000, lastModified: table.clock.now() },
    },
    inspection: { size: taskSize, costEstimateUsd: 0.01, refusal: null },
    dependencies: {
      ledger: table.ledger,
      store: createTestBucket(objects),
      launcher,
      sender: { send: async (message, delaySeconds) => void messages.push({ message, delaySeconds }) },
      events: { publish: async (published) => void events.push(...published) },
      choose: async () => invoker.choice,
      inspect: async () => invoker.inspection,
      estimateJob: estimateTestJob,
      prices: fargatePrices({ region: 'us-east-1', architecture: 'x86_64' }),
      clock: table.clock.now,
      log: createLogger('invoker-test', 'silent'),
      settings,
    },
    with: (parts) => ({ ...invoker.dependencies, ...parts }),
    close: () => table.close(),
  };
  return invoker;
}

/** The task that ECS starts for a client token, however often it receives the token. */
export function taskArnOf(clientToken: string): string {
  return `arn:aws:ecs:us-east-1:000000000000:task/cluster/${clientToken.slice(0, 32)}`;
}

export function uploadOf(key: string, changes: Partial<Upload> = {}): Upload {
  return {
    ...{ bucket: 'videos', key, versionId: '1', etag: 'etag', sizeBytes: 1_000, sequencer: '0A' },
    uploadedAt: '2026-01-02T03:00:00.000Z',
    ...changes,
  };
}

/** A ledger that another invoker changes just before a step of the given kind is written. */
export function withRace(ledger: Ledger, kind: string, race: () => Promise<unknown>): Ledger {
  let hasHappened = false;
  return {
    ...ledger,
    async advance(jobId, step) {
      if (step.kind === kind && !hasHappened) {
        hasHappened = true;
        await race();
      }
      return ledger.advance(jobId, step);
    },
  };
}

/** Listing, reading of metadata and removal of the objects of one bucket. */
function createTestBucket(objects: Map<string, ListedObject>): ObjectStore {
  const bucket: Pick<ObjectStore, 'list' | 'head' | 'remove'> = {
    async list(_bucket, prefix, { startAfter = '', limit = 1_000 } = {}) {
      const listed = [...objects.values()].filter(({ key }) => key.startsWith(prefix) && key > startAfter);
      return listed.toSorted((left, right) => (left.key < right.key ? -1 : 1)).slice(0, limit);
    },
    async head({ key }) {
      const object = objects.get(key);
      if (object === undefined) return null;
      return { ...objectFacts, sizeBytes: object.sizeBytes, lastModified: object.lastModified };
    },
    async remove(_bucket, keys) {
      for (const key of keys) objects.delete(key);
    },
  };
  return bucket as ObjectStore;
}
