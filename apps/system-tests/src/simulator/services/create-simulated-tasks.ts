import { transcodeRequestSchema, workerExitCode } from '@fyrestream/events';
import { largeTask } from '../draw-crowd.ts';
import { serviceError } from '../service-error.ts';
import type { ProcessResult } from '../simulated-process.ts';
import type { Simulation } from '../simulation.ts';
import { createTaskStateChange } from './create-task-state-change.ts';
import { type SimulatedContainer, type SimulatedTask, usageFacts } from './simulated-task.ts';

interface RunTaskInput {
  readonly clientToken: string;
  readonly startedBy: string;
  readonly capacityProviderStrategy: readonly { readonly capacityProvider: string }[];
  readonly overrides: {
    readonly cpu: string;
    readonly containerOverrides: readonly {
      readonly environment: readonly { readonly name: string; readonly value: string }[];
    }[];
  };
}

/** A command of the ECS client; the name of its class selects the operation. */
interface Command {
  readonly input: object;
}

export interface SimulatedTasks {
  execute(command: Command): object;
  all(): readonly SimulatedTask[];
}

const stopTimeoutMilliseconds = 120_000;
const describableForMilliseconds = 3_600_000;
const killedExitCode = 137;
const normalExitCodes = new Set<number>([workerExitCode.done, workerExitCode.interrupted]);

/**
 * ECS on Fargate: idempotent RunTask, missing capacity, tasks that never start, Spot interruptions, lost hosts.
 * @param runWorker starts the process of a container
 * @param onStateChange called with the body of each "ECS Task State Change" event
 */
export function createSimulatedTasks(
  simulation: Simulation,
  runWorker: (task: SimulatedTask, onEnd: (result: ProcessResult<number>) => void) => SimulatedContainer,
  onStateChange: (body: string) => void,
): SimulatedTasks {
  const { time, random, faults, trace } = simulation;
  const tasks: SimulatedTask[] = [];

  const markStopped = (task: SimulatedTask, why: Partial<SimulatedTask>) => {
    if (task.status === 'STOPPED') return;
    Object.assign(task, why, { status: 'STOPPED', version: task.version + 1, stoppedAt: time.now() });
    if (task.exitCode === null) task.hasFailed = true;
    trace(() => `${task.taskArn} STOPPED ${JSON.stringify(why)}`);
    onStateChange(createTaskStateChange(task));
  };
  const terminate = (task: SimulatedTask, why: Partial<SimulatedTask>) => {
    if (task.status === 'PENDING') return markStopped(task, why);
    Object.assign(task, why);
    for (const container of task.containers) container.stop();
    time.after(stopTimeoutMilliseconds, () => {
      for (const container of task.containers) container.kill();
    });
  };
  const run = (task: SimulatedTask) => {
    if (task.status !== 'PENDING') return;
    task.status = 'RUNNING';
    task.startedAt = time.now();
    task.version += 1;
    onStateChange(createTaskStateChange(task));
    const onEnd = (result: ProcessResult<number>) => {
      const outOfMemory = result.kind === 'killed' && random.chance(0.5);
      const why = {
        stopCode: task.stopCode ?? 'EssentialContainerExited',
        stoppedReason: task.stoppedReason ?? 'Essential container in task exited',
        exitCode: result.kind === 'returned' ? result.value : result.kind === 'threw' ? 10 : killedExitCode,
        containerReason: outOfMemory ? 'OutOfMemoryError: Container killed due to memory usage' : null,
      };
      time.after(random.between(500, 10_000), () => markStopped(task, why));
    };
    const withFailureFlag =
      (report: (result: ProcessResult<number>) => void) => (result: ProcessResult<number>) => {
        const isNormal = result.kind === 'returned' && normalExitCodes.has(result.value);
        // A process that was killed after a failure may have recorded that failure, not the interruption.
        const mayHaveFailed = task.containers.some((container) => container.mayHaveFailed());
        const wasInterrupted =
          result.kind === 'killed' && task.stopCode === 'SpotInterruption' && !mayHaveFailed;
        if (!isNormal && !wasInterrupted) task.hasFailed = true;
        report(result);
      };
    task.containers.push(runWorker(task, withFailureFlag(onEnd)));
    if (random.chance(faults.rates.secondContainer))
      task.containers.push(
        runWorker(
          task,
          withFailureFlag(() => {}),
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
    if (random.chance(rates.falseStop)) {
      const why = { stopCode: 'TaskFailedToStart', stoppedReason: 'Host became unreachable', exitCode: null };
      time.after(random.between(1_000, 60_000), () => markStopped(task, why));
    }
  };
  const runTask = (input: RunTaskInput) => {
    const known = tasks.find(({ clientToken }) => clientToken === input.clientToken);
    if (known?.input === JSON.stringify(input)) return { tasks: [{ taskArn: known.taskArn }], failures: [] };
    if (known)
      throw serviceError('ConflictException', 'The token was used with other parameters', {
        resourceIds: [known.taskArn],
      });
    const { rates } = faults;
    if (Number(input.overrides.cpu) >= largeTask.cpuUnits && !faults.isStopped()) {
      const message = "You've reached the limit on the number of vCPUs you can run concurrently";
      throw serviceError('LimitExceededException', message);
    }
    if (random.chance(rates.noCapacity)) {
      if (random.chance(0.3)) {
        const message = 'Error retrieving subnet information: Rate exceeded (ErrorCode: Throttling)';
        throw serviceError('InvalidParameterException', message);
      }
      return { tasks: [], failures: [{ reason: 'Capacity is unavailable at this time.' }] };
    }
    const environment = input.overrides.containerOverrides[0]?.environment ?? [];
    const request = environment.find(({ name }) => name === 'FYRESTREAM_REQUEST')?.value ?? '';
    const task: SimulatedTask = {
      taskArn: `arn:aws:ecs:task/${tasks.length + 1}`,
      clientToken: input.clientToken,
      input: JSON.stringify(input),
      startedBy: input.startedBy,
      request: transcodeRequestSchema.parse(JSON.parse(request)),
      isSpot: input.capacityProviderStrategy[0]?.capacityProvider === 'FARGATE_SPOT',
      status: 'PENDING',
      version: 1,
      createdAt: new Date(time.now()),
      startedAt: null,
      stoppedAt: 0,
      stopCode: null,
      stoppedReason: null,
      exitCode: null,
      containerReason: null,
      hasFailed: false,
      containers: [],
    };
    tasks.push(task);
    if (random.chance(rates.stuckPending)) return { tasks: [{ taskArn: task.taskArn }], failures: [] };
    const startsAfter = random.between(2_000, 60_000);
    if (random.chance(rates.startFailure)) {
      const isBlocked = random.chance(0.5);
      const stoppedReason = isBlocked
        ? 'Timeout waiting for network interface provisioning to complete.'
        : 'CannotPullContainerError: pull image manifest has been retried 5 times';
      time.after(startsAfter, () => {
        markStopped(task, { stopCode: 'TaskFailedToStart', stoppedReason });
        // It must cost its job no attempt.
        if (isBlocked) task.hasFailed = false;
      });
    } else time.after(startsAfter, () => run(task));
    return { tasks: [{ taskArn: task.taskArn }], failures: [] };
  };
  const describeTasks = ({ tasks: taskArns }: { tasks: readonly string[] }) => {
    const isExpired = (task: SimulatedTask) =>
      task.status === 'STOPPED' && time.now() - task.stoppedAt > describableForMilliseconds;
    const found = tasks.filter((task) => taskArns.includes(task.taskArn) && !isExpired(task));
    const missing = taskArns.filter((taskArn) => !found.some((task) => task.taskArn === taskArn));
    return {
      tasks: found.map((task) => ({
        ...task,
        ...usageFacts(task),
        lastStatus: task.status,
        containers: [{ exitCode: task.exitCode, reason: task.containerReason }],
      })),
      failures: missing.map((arn) => ({ arn, reason: 'MISSING' })),
    };
  };
  const listTasks = () => ({
    taskArns: tasks.filter(({ status }) => status !== 'STOPPED').map(({ taskArn }) => taskArn),
  });
  const stopTask = ({ task: taskArn, reason }: { task: string; reason: string }) => {
    const task = tasks.find((candidate) => candidate.taskArn === taskArn);
    if (task === undefined)
      throw serviceError('InvalidParameterException', 'The referenced task was not found.');
    // The invoker stops only tasks that no longer respond.
    task.hasFailed = true;
    if (task.status !== 'STOPPED') terminate(task, { stopCode: 'UserInitiated', stoppedReason: reason });
    return {};
  };
  const commands: Record<string, (input: never) => object> = {
    RunTaskCommand: runTask,
    DescribeTasksCommand: describeTasks,
    ListTasksCommand: listTasks,
    StopTaskCommand: stopTask,
  };
  return {
    execute(command) {
      const execute = commands[command.constructor.name];
      if (execute === undefined) throw serviceError('InvalidAction', command.constructor.name);
      return execute(command.input as never);
    },
    all: () => tasks,
  };
}
