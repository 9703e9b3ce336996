import {
  createLedgerWithTable,
  createLogger,
  createTaskLauncherWithClient,
  type EventPublisher,
  type FunctionCaller,
  type Ledger,
  type LedgerTable,
  type MessageSender,
} from '@fyrestream/cloud';
import { defaultLadderPreset } from '@fyrestream/events';
import { createInvoker, type SourceInspector } from '@fyrestream/invoker';
import { createPoller } from '@fyrestream/poller';
import { createWorker } from '@fyrestream/worker';
import type { Guards } from './guards.ts';
import type { Invariants } from './invariants.ts';
import { createSimulatedBuckets, type SimulatedBuckets } from './services/simulated-buckets.ts';
import { type Consumer, createSimulatedQueue, type SimulatedQueue } from './services/simulated-queue.ts';
import { createSimulatedTable } from './services/simulated-table.ts';
import { createSimulatedTasks, type SimulatedTasks, type Task } from './services/simulated-tasks.ts';
import { type Content, contents, createSimulatedMedia } from './simulated-media.ts';
import {
  type Ending,
  refusal,
  type SimulatedProcess,
  type Simulation,
  startProcess,
} from './simulated-process.ts';

export const sourceBucket = 'source';
export const outputBucket = 'outputs';
const tableName = 'jobs';
const pollerTimeoutMilliseconds = 60_000;
const invokerTimeoutMilliseconds = 30_000;
const sweepIntervalMilliseconds = 300_000;
const costLimitUsd = 1;
/** Three minutes: as short as may be, so that a version is removed while others are published. */
const retentionDays = 3 / (24 * 60);

/** The whole pipeline, its handlers real, everything around them simulated. */
export interface World {
  readonly buckets: SimulatedBuckets;
  readonly uploads: SimulatedQueue;
  readonly control: SimulatedQueue;
  readonly tasks: SimulatedTasks;
  readonly living: ReadonlySet<SimulatedProcess>;
  /** The ledger as an operator's command sees it, in a process of its own. */
  ledgerFor(process: SimulatedProcess): Ledger;
  start(name: string, main: (self: SimulatedProcess) => Promise<unknown>): void;
}

export function createWorld(simulation: Simulation, guards: Guards, invariants: Invariants): World {
  const { time } = simulation;
  const log = createLogger('simulator', 'silent');
  const living = new Set<SimulatedProcess>();
  const table = createSimulatedTable(simulation, (item) => invariants.onItem(item));
  const buckets = createSimulatedBuckets(simulation, invariants);
  let started = 0;

  const start = <Value>(
    name: string,
    main: (self: SimulatedProcess) => Promise<Value>,
    onEnd: (ending: Ending<Value>) => void = () => {},
  ) => {
    started += 1;
    const process = startProcess(simulation, `${name}-${started}`, main, (ending) => {
      living.delete(process);
      onEnd(ending);
    });
    living.add(process);
    return process;
  };
  const ledgerFor = (process: SimulatedProcess): Ledger => {
    const send: LedgerTable['documents']['send'] = (command: { input: object }) =>
      process.effect(describe(command), () => table.execute(command));
    const documents = guards.documents({ send } as LedgerTable['documents']);
    return createLedgerWithTable({ documents, tableName, recordRetentionDays: 30 }, process.clock);
  };
  const eventsFor = (process: SimulatedProcess): EventPublisher => ({
    publish: (events) =>
      process.effect('events publish', () => {
        for (const event of events) invariants.onAnnounced(event);
      }),
  });
  const senderFor = (process: SimulatedProcess): MessageSender => ({
    send: (message, delaySeconds) =>
      process.effect(`sqs send ${message.kind}`, () =>
        control.send(JSON.stringify(message), Math.min(900, Math.max(0, Math.ceil(delaySeconds))) * 1_000),
      ),
  });

  const runPoller: Consumer = (event, onEnd) => {
    const poller = start(
      'poller',
      (self) => guards.poller(createPoller({ invoker: callerFor(self), log }))(event),
      onEnd,
    );
    time.after(pollerTimeoutMilliseconds, () => poller.kill());
  };
  const uploads = createSimulatedQueue(simulation, 'uploads', runPoller);
  const control = createSimulatedQueue(simulation, 'control', runPoller);
  const tasks = createSimulatedTasks(simulation, runWorker, (body) => {
    if (!simulation.random.chance(simulation.faults.rates.lose)) control.send(body);
  });

  function callerFor(caller: SimulatedProcess): FunctionCaller {
    return {
      async call(message) {
        const payload = JSON.stringify(message);
        const invocation = await caller.effect(
          `lambda invoke ${message.kind}`,
          () => invoke(payload),
          'once',
        );
        return caller.waitFor<void>(invocation);
      },
    };
  }

  function invoke(payload: string) {
    let ending: Ending<void> | null = null;
    let report: ((ending: Ending<void>) => void) | null = null;
    const invoker = start(
      'invoker',
      (self) => runInvoker(self, JSON.parse(payload)),
      (how) => {
        ending = how;
        report?.(how);
      },
    );
    time.after(invokerTimeoutMilliseconds, () => invoker.kill());
    return (settle: (ending: Ending<void>) => void) => {
      report = settle;
      if (ending !== null) settle(ending);
    };
  }

  function runInvoker(self: SimulatedProcess, event: unknown): Promise<void> {
    return createInvoker({
      ledger: guards.invokerLedger(ledgerFor(self)),
      store: buckets.storeFor(self),
      launcher: guards.launcher(
        createTaskLauncherWithClient({
          send: (command: { input: object }) =>
            self.effect(`ecs ${command.constructor.name}`, () => tasks.execute(command)),
        } as Parameters<typeof createTaskLauncherWithClient>[0]),
      ),
      sender: senderFor(self),
      events: eventsFor(self),
      inspect: inspectorFor(self),
      clock: self.clock,
      log,
      settings: {
        sourceBucket,
        outputBucket,
        oldVersionRetentionDays: retentionDays,
        maxConcurrentTasks: 3,
        costLimitUsd,
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
      self.effect(`inspect ${upload.key}`, () => ({
        size: { cpuUnits: 1024, memoryMiB: 2048, ephemeralStorageGiB: 21 },
        costEstimateUsd: contentOf(upload.key, upload.versionId) === 'dear' ? 2 * costLimitUsd : 0.01,
        refusal:
          contentOf(upload.key, upload.versionId) === 'empty'
            ? { code: 'empty-file', message: 'It is empty.', retryable: false }
            : null,
      }));
  }

  function runWorker(task: Task, onEnd: (ending: Ending<number>) => void) {
    const stop = new AbortController();
    const worker = start(
      `worker-${task.request.attempt}`,
      (self) =>
        createWorker({
          ledger: guards.workerLedger(ledgerFor(self)),
          store: guards.workerStore(buckets.storeFor(self)),
          events: eventsFor(self),
          ffmpeg: noFfmpeg,
          stages: createSimulatedMedia(simulation, self, contentOf),
          openScratch: async () => noScratch,
          clock: self.clock,
          timers: self,
          log,
          instanceId: self.name,
          settings: {
            outputBucket,
            ladder: defaultLadderPreset,
            scratchDirectory: '/scratch',
            attemptHours: 12,
          },
        })(task.request, stop.signal),
      onEnd,
    );
    return {
      stop: () => stop.abort(),
      kill: () => worker.kill(),
      isHung: () => worker.isHung(),
      standsStill: () => worker.standsStill(),
    };
  }

  function contentOf(key: string, versionId: string | null): Content {
    const body = buckets.find({ bucket: sourceBucket, key, versionId })?.body ?? '';
    return contents.find((content) => body.startsWith(content)) ?? 'fine';
  }

  const sweepRegularly = () => {
    if (guards.sweeps) control.send(JSON.stringify({ kind: 'sweep-requested' }));
    time.after(sweepIntervalMilliseconds, sweepRegularly);
  };
  time.after(sweepIntervalMilliseconds, sweepRegularly);

  return {
    buckets,
    uploads,
    control,
    tasks,
    living,
    ledgerFor,
    start: (name, main) => void start(name, main),
  };
}

const unreachable = (): never => {
  throw refusal('Unreachable', 'No tool runs in the simulator.');
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
