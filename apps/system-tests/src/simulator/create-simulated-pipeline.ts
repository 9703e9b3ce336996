import {
  createLedgerWithTable,
  createLogger,
  createTaskLauncherWithClient,
  type EventPublisher,
  type FunctionCaller,
  type Ledger,
  type LedgerTable,
  type MessageSender,
  type ObjectAddress,
} from '@fyrestream/cloud';
import {
  defaultLadderConfig,
  type JobEvent,
  stackProfilesOf,
  type TranscodeRequest,
} from '@fyrestream/events';
import {
  createInvoker,
  createJobEstimator,
  createUploadChooser,
  type SourceInspector,
} from '@fyrestream/invoker';
import { fargatePrices } from '@fyrestream/media';
import { createPoller } from '@fyrestream/poller';
import { createWorker } from '@fyrestream/worker';
import type { ComponentOverrides } from './component-overrides.ts';
import { createSimulatedMedia } from './create-simulated-media.ts';
import { isLarge, largeTask, simulatedPriorities, smallTask } from './draw-crowd.ts';
import { drawPipelineSettings } from './pipeline-settings.ts';
import { serviceError } from './service-error.ts';
import type { ConsumedUnits } from './services/consumed-units.ts';
import { createSimulatedBuckets, type StoredObject } from './services/create-simulated-buckets.ts';
import { type Consumer, createSimulatedQueue } from './services/create-simulated-queue.ts';
import { createSimulatedTable } from './services/create-simulated-table.ts';
import { createSimulatedTasks } from './services/create-simulated-tasks.ts';
import type { Item } from './services/evaluate-expression.ts';
import type { SimulatedTask } from './services/simulated-task.ts';
import {
  additionalWorkerPrefix,
  outputBucket,
  type SimulatedPipeline,
  sourceBucket,
} from './simulated-pipeline.ts';
import type { ProcessResult, SimulatedProcess } from './simulated-process.ts';
import type { Simulation } from './simulation.ts';
import { startProcess } from './start-process.ts';
import { type UploadContent, uploadContents } from './upload-content.ts';

const tableName = 'jobs';
const pollerTimeoutMilliseconds = 60_000;
const invokerTimeoutMilliseconds = 30_000;
const sweepIntervalMilliseconds = 300_000;
const costLimitUsd = 1;
/** Some uploads wait behind others by a rule. */
const simulatedProfiles = stackProfilesOf({
  ladder: defaultLadderConfig,
  profiles: { late: { priority: 'bulk' } },
  profileRules: [{ pattern: '*7.mov', profile: 'late' }],
});
const platform = { region: 'us-east-1', architecture: 'x86_64' } as const;
/** So short that every job wants as many workers as it may have. */
const targetMinutes = 1e-6;
/** Three minutes: short, so that old versions are removed while newer ones are published. */
const retentionDays = 3 / (24 * 60);

/** Receives what happens in the simulated services. */
export interface SimulationObserver {
  onItem(item: Item): void;
  onPut(address: ObjectAddress, object: StoredObject): void;
  onRemove(key: string): void;
  onEvent(event: JobEvent): void;
  onConsumed?(consumed: ConsumedUnits): void;
}

export function createSimulatedPipeline(
  simulation: Simulation,
  overrides: ComponentOverrides,
  observer: SimulationObserver,
  settings = drawPipelineSettings(simulation.random),
): SimulatedPipeline {
  const { time } = simulation;
  const { maxConcurrentTasks, maxWorkersPerJob, eventSource, mediaRandom } = settings;
  const log = createLogger('simulator', 'silent');
  const processes = new Set<SimulatedProcess>();
  const onConsumed = observer.onConsumed?.bind(observer);
  const table = createSimulatedTable(simulation, (item) => observer.onItem(item), onConsumed);
  const buckets = createSimulatedBuckets(simulation, observer);
  let started = 0;

  const start = <Value>(
    name: string,
    main: (self: SimulatedProcess) => Promise<Value>,
    onEnd: (result: ProcessResult<Value>) => void = () => {},
  ) => {
    started += 1;
    const process = startProcess(simulation, `${name}-${started}`, main, (result) => {
      processes.delete(process);
      onEnd(result);
    });
    processes.add(process);
    return process;
  };
  const ledgerFor = (process: SimulatedProcess): Ledger => {
    const send: LedgerTable['documents']['send'] = (command: { input: object }) =>
      process.call(describe(command), () => table.execute(command));
    const documents = overrides.documents({ send } as LedgerTable['documents']);
    return createLedgerWithTable({ documents, tableName, recordRetentionDays: 30 }, process.clock);
  };
  const eventsFor = (process: SimulatedProcess): EventPublisher => ({
    publish: (events) =>
      process.call('events publish', () => {
        for (const event of events) observer.onEvent(event);
      }),
  });
  const senderFor = (process: SimulatedProcess): MessageSender => ({
    send: (message, delaySeconds) =>
      process.call(`sqs send ${message.kind}${delaySeconds > 0 ? ' later' : ''}`, () =>
        control.send(JSON.stringify(message), Math.min(900, Math.max(0, Math.ceil(delaySeconds))) * 1_000),
      ),
  });

  const runPoller: Consumer = (event, onEnd) => {
    const poller = start(
      'poller',
      (self) => overrides.poller(createPoller({ invoker: callerFor(self), log }))(event),
      onEnd,
    );
    time.after(pollerTimeoutMilliseconds, () => poller.kill());
  };
  const uploads = createSimulatedQueue(simulation, 'uploads', runPoller, eventSource);
  const control = createSimulatedQueue(simulation, 'control', runPoller, eventSource);
  const tasks = createSimulatedTasks(simulation, runWorker, (body) => {
    if (!simulation.random.chance(simulation.faults.rates.loseMessage)) control.send(body);
  });

  function callerFor(caller: SimulatedProcess): FunctionCaller {
    return {
      async call(message) {
        const payload = JSON.stringify(message);
        const invocation = await caller.call(`lambda invoke ${message.kind}`, () => invoke(payload), 'once');
        return caller.waitFor<void>(invocation);
      },
    };
  }

  function invoke(payload: string) {
    const event: { kind: string } = JSON.parse(payload);
    let result: ProcessResult<void> | null = null;
    let report: ((result: ProcessResult<void>) => void) | null = null;
    const invoker = start(
      `invoker ${event.kind}`,
      (self) => runInvoker(self, event),
      (ended) => {
        result = ended;
        report?.(ended);
      },
    );
    time.after(invokerTimeoutMilliseconds, () => invoker.kill());
    return (settle: (result: ProcessResult<void>) => void) => {
      report = settle;
      if (result !== null) settle(result);
    };
  }

  function runInvoker(self: SimulatedProcess, event: unknown): Promise<void> {
    return createInvoker({
      ledger: overrides.invokerLedger(ledgerFor(self)),
      store: buckets.storeFor(self),
      launcher: overrides.launcher(
        createTaskLauncherWithClient({
          send: (command: { input: object }) =>
            self.call(`ecs ${command.constructor.name}`, () => tasks.execute(command)),
        } as Parameters<typeof createTaskLauncherWithClient>[0]),
      ),
      sender: senderFor(self),
      events: eventsFor(self),
      choose: createUploadChooser(buckets.storeFor(self), simulatedProfiles),
      inspect: inspectorFor(self),
      estimateJob: createJobEstimator(simulatedProfiles.profiles, platform),
      prices: fargatePrices(platform),
      clock: self.clock,
      log,
      settings: {
        sourceBucket,
        outputBucket,
        oldVersionRetentionDays: retentionDays,
        deleteAfterSourceDays: null,
        maxConcurrentTasks,
        costLimitUsd,
        priorities: simulatedPriorities,
        shares: {},
        launchTarget: {
          cluster: 'cluster',
          taskDefinition: 'transcoder:1',
          containerName: 'transcoder',
          subnets: [],
          securityGroups: [],
        },
        spotFirst: true,
      },
    })(event);
  }

  function inspectorFor(self: SimulatedProcess): SourceInspector {
    return (upload) =>
      self.call(`inspect ${upload.key}`, () => ({
        size: isLarge(upload.key) ? largeTask : smallTask,
        costEstimateUsd: contentOf(upload.key, upload.versionId) === 'expensive' ? 2 * costLimitUsd : 0.01,
        refusal:
          contentOf(upload.key, upload.versionId) === 'empty'
            ? { code: 'empty-file', message: 'The file is empty.', retryable: false }
            : null,
      }));
  }

  function runWorker(task: SimulatedTask, onEnd: (result: ProcessResult<number>) => void) {
    const stop = new AbortController();
    const worker = start(
      workerName(task.request),
      (self) =>
        createWorker({
          ledger: overrides.workerLedger(ledgerFor(self)),
          store: overrides.workerStore(buckets.storeFor(self)),
          events: eventsFor(self),
          sender: senderFor(self),
          ffmpeg: noFfmpeg,
          stages: createSimulatedMedia({ ...simulation, random: mediaRandom }, self, contentOf),
          openScratch: async () => noScratch,
          clock: self.clock,
          timers: self,
          log,
          instanceId: self.name,
          settings: {
            outputBucket,
            profiles: simulatedProfiles.profiles,
            scratchDirectory: '/scratch',
            attemptHours: 12,
            unitSeconds: 48,
            costLimitUsd,
            prices: fargatePrices(platform),
            maxWorkersPerJob,
            targetMinutes,
          },
        })(overrides.request(task.request), stop.signal),
      onEnd,
    );
    return {
      stop: () => stop.abort(),
      kill: () => worker.kill(),
      isHung: () => worker.isHung(),
      mayHaveFailed: () => worker.mayHaveFailed(),
    };
  }

  function contentOf(key: string, versionId: string | null): UploadContent {
    const body = buckets.find({ bucket: sourceBucket, key, versionId })?.body ?? '';
    return uploadContents.find((content) => body.startsWith(content)) ?? 'valid';
  }

  const sweepRegularly = () => {
    if (overrides.sweeps) control.send(JSON.stringify({ kind: 'sweep-requested' }));
    time.after(sweepIntervalMilliseconds, sweepRegularly);
  };
  time.after(sweepIntervalMilliseconds, sweepRegularly);

  return {
    buckets,
    uploads,
    control,
    tasks,
    maxConcurrentTasks,
    processes,
    ledgerFor,
    start: (name, main) => void start(name, main),
  };
}

function workerName({ attempt, slot }: TranscodeRequest): string {
  return slot === 0 ? `worker-${attempt}` : `${additionalWorkerPrefix}${attempt}-${slot}`;
}

const unreachable = (): never => {
  throw serviceError('Unreachable', 'The simulator runs no tools.');
};
const noFfmpeg = { run: unreachable, probe: unreachable, versions: unreachable };
const noScratch = {
  path: async (...names: string[]) => names.join('/'),
  write: async () => {},
  socketPath: (name: string) => name,
  remove: async () => {},
};

function describe(command: { input: { Key?: { sk?: string }; Item?: { sk?: string }; IndexName?: string } }) {
  const { Key, Item, IndexName } = command.input;
  return `dynamodb ${command.constructor.name} ${(Item ?? Key)?.sk ?? IndexName ?? ''}`;
}
