import { type TranscodeRequest, transcodeRequestSchema, workerExitCode } from '@fyrestream/events';
import { type Ending, refusal, type Simulation } from '../simulated-process.ts';
import { stateChangeOf } from './task-state-change.ts';

interface RunTaskInput {
  readonly clientToken: string;
  readonly startedBy: string;
  readonly capacityProviderStrategy: readonly { readonly capacityProvider: string }[];
  readonly overrides: {
    readonly containerOverrides: readonly {
      readonly environment: readonly { readonly name: string; readonly value: string }[];
    }[];
  };
}

/** A command of the ECS client: its class says what it does. */
interface Command {
  readonly input: object;
}

export interface Task {
  readonly taskArn: string;
  readonly clientToken: string;
  readonly input: string;
  readonly startedBy: string;
  readonly request: TranscodeRequest;
  readonly isSpot: boolean;
  status: 'PENDING' | 'RUNNING' | 'STOPPED';
  version: number;
  stoppedAt: number;
  stopCode: string | null;
  stoppedReason: string | null;
  exitCode: number | null;
  containerReason: string | null;
  /** Whether it may be charged to its job: something in it died, failed, hung or never started. */
  hasFailed: boolean;
  /** Ends what runs in its containers. */
  readonly containers: Container[];
}

export interface Container {
  /** SIGTERM. */
  stop(): void;
  /** SIGKILL. */
  kill(): void;
  isHung(): boolean;
  standsStill(): boolean;
}

export interface SimulatedTasks {
  execute(command: Command): object;
  all(): readonly Task[];
}

const stopTimeoutMilliseconds = 120_000;
const forgottenAfterMilliseconds = 3_600_000;
const killedExitCode = 137;
const fineExitCodes = new Set<number>([workerExitCode.done, workerExitCode.interrupted]);

/**
 * ECS on Fargate: idempotent RunTask, places that are not there, tasks that never start, Spot, lost tasks.
 * @param runWorker starts the process of a container
 * @param announce called with the body of each "ECS Task State Change"
 */
export function createSimulatedTasks(
  simulation: Simulation,
  runWorker: (task: Task, onEnd: (ending: Ending<number>) => void) => Container,
  announce: (body: string) => void,
): SimulatedTasks {
  const { time, random, faults, trace } = simulation;
  const tasks: Task[] = [];

  const stopped = (task: Task, why: Partial<Task>) => {
    if (task.status === 'STOPPED') return;
    Object.assign(task, why, { status: 'STOPPED', version: task.version + 1, stoppedAt: time.now() });
    if (task.exitCode === null) task.hasFailed = true;
    trace(() => `${task.taskArn} STOPPED ${JSON.stringify(why)}`);
    announce(stateChangeOf(task));
  };
  const terminate = (task: Task, why: Partial<Task>) => {
    if (task.status === 'PENDING') return stopped(task, why);
    Object.assign(task, why);
    for (const container of task.containers) container.stop();
    time.after(stopTimeoutMilliseconds, () => {
      for (const container of task.containers) container.kill();
    });
  };
  const run = (task: Task) => {
    if (task.status !== 'PENDING') return;
    task.status = 'RUNNING';
    task.version += 1;
    announce(stateChangeOf(task));
    const onEnd = (ending: Ending<number>) => {
      const outOfMemory = ending.how === 'killed' && random.chance(0.5);
      const why = {
        stopCode: task.stopCode ?? 'EssentialContainerExited',
        stoppedReason: task.stoppedReason ?? 'Essential container in task exited',
        exitCode: ending.how === 'returned' ? ending.value : ending.how === 'threw' ? 10 : killedExitCode,
        containerReason: outOfMemory ? 'OutOfMemoryError: Container killed due to memory usage' : null,
      };
      time.after(random.between(500, 10_000), () => stopped(task, why));
    };
    const watched = (report: (ending: Ending<number>) => void) => (ending: Ending<number>) => {
      const isFine = ending.how === 'returned' && fineExitCodes.has(ending.value);
      // What was killed while it stood still may have said before that it failed.
      const stoodStill = task.containers.some((container) => container.standsStill());
      const wasTaken = ending.how === 'killed' && task.stopCode === 'SpotInterruption' && !stoodStill;
      if (!isFine && !wasTaken) task.hasFailed = true;
      report(ending);
    };
    task.containers.push(runWorker(task, watched(onEnd)));
    if (random.chance(faults.rates.duplicateContainer))
      task.containers.push(
        runWorker(
          task,
          watched(() => {}),
        ),
      );
    const { rates } = faults;
    if (task.isSpot && random.chance(rates.spotInterruption)) {
      const why = { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' };
      time.after(random.between(1_000, 90_000), () => task.status === 'RUNNING' && terminate(task, why));
    }
    if (random.chance(rates.outOfMemory)) {
      time.after(random.between(1_000, 60_000), () => task.containers[0]?.kill());
    }
    if (random.chance(rates.zombie)) {
      const why = { stopCode: 'TaskFailedToStart', stoppedReason: 'Host became unreachable', exitCode: null };
      time.after(random.between(1_000, 60_000), () => stopped(task, why));
    }
  };
  const runTask = (input: RunTaskInput) => {
    const known = tasks.find(({ clientToken }) => clientToken === input.clientToken);
    if (known?.input === JSON.stringify(input)) return { tasks: [{ taskArn: known.taskArn }], failures: [] };
    if (known) throw refusal('ConflictException', 'other request', { resourceIds: [known.taskArn] });
    const { rates } = faults;
    if (random.chance(rates.noPlace)) {
      if (random.chance(0.3)) throw refusal('ThrottlingException', 'Rate exceeded');
      return { tasks: [], failures: [{ reason: 'Capacity is unavailable at this time.' }] };
    }
    const environment = input.overrides.containerOverrides[0]?.environment ?? [];
    const request = environment.find(({ name }) => name === 'FYRESTREAM_REQUEST')?.value ?? '';
    const task: Task = {
      taskArn: `arn:aws:ecs:task/${tasks.length + 1}`,
      clientToken: input.clientToken,
      input: JSON.stringify(input),
      startedBy: input.startedBy,
      request: transcodeRequestSchema.parse(JSON.parse(request)),
      isSpot: input.capacityProviderStrategy[0]?.capacityProvider === 'FARGATE_SPOT',
      status: 'PENDING',
      version: 1,
      stoppedAt: 0,
      stopCode: null,
      stoppedReason: null,
      exitCode: null,
      containerReason: null,
      hasFailed: false,
      containers: [],
    };
    tasks.push(task);
    if (random.chance(rates.neverStarts)) return { tasks: [{ taskArn: task.taskArn }], failures: [] };
    const startsAfter = random.between(2_000, 60_000);
    if (random.chance(rates.startFailure)) {
      const stoppedReason = 'CannotPullContainerError: pull image manifest has been retried 5 times';
      time.after(startsAfter, () => stopped(task, { stopCode: 'TaskFailedToStart', stoppedReason }));
    } else time.after(startsAfter, () => run(task));
    return { tasks: [{ taskArn: task.taskArn }], failures: [] };
  };
  const describeTasks = ({ tasks: taskArns }: { tasks: readonly string[] }) => {
    const isForgotten = (task: Task) =>
      task.status === 'STOPPED' && time.now() - task.stoppedAt > forgottenAfterMilliseconds;
    const found = tasks.filter((task) => taskArns.includes(task.taskArn) && !isForgotten(task));
    const missing = taskArns.filter((taskArn) => !found.some((task) => task.taskArn === taskArn));
    return {
      tasks: found.map(({ status, exitCode, containerReason, ...task }) => ({
        ...task,
        lastStatus: status,
        containers: [{ exitCode, reason: containerReason }],
      })),
      failures: missing.map((arn) => ({ arn, reason: 'MISSING' })),
    };
  };
  const stopTask = ({ task: taskArn, reason }: { task: string; reason: string }) => {
    const task = tasks.find((candidate) => candidate.taskArn === taskArn);
    if (task === undefined) throw refusal('InvalidParameterException', 'The referenced task was not found.');
    // Only what gives no sign of life is stopped.
    task.hasFailed = true;
    if (task.status !== 'STOPPED') terminate(task, { stopCode: 'UserInitiated', stoppedReason: reason });
    return {};
  };
  const commands: Record<string, (input: never) => object> = {
    RunTaskCommand: runTask,
    DescribeTasksCommand: describeTasks,
    StopTaskCommand: stopTask,
  };
  return {
    execute(command) {
      const execute = commands[command.constructor.name];
      if (execute === undefined) throw refusal('InvalidAction', command.constructor.name);
      return execute(command.input as never);
    },
    all: () => tasks,
  };
}
