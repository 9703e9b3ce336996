import {
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RunTaskCommand,
  StopTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import { type Reason, type StoppedTask, type TaskRequest, usageOf } from '@fyrestream/events';
import { type Connection, clientConfiguration } from './connection.ts';
import { isWrappedThrottling, launchBlockOf } from './launch-block-of.ts';
import { toServiceFault } from './service-fault.ts';

/** The outcome of a RunTask call. */
export type LaunchOutcome =
  | { outcome: 'started'; taskArn: string }
  /** Not possible now: no capacity, a quota, throttling. A later call, or one with another capacity type, may succeed. */
  | { outcome: 'no-capacity'; reason: Reason }
  /** The request is not valid; sending it again has the same result. */
  | { outcome: 'refused'; reason: Reason };

/** A task that ECS runs, or is about to run. */
export interface RunningTask {
  readonly taskArn: string;
  /** The id of its job. */
  readonly startedBy: string | null;
  readonly createdAt: string;
}

export type TaskLauncher = ReturnType<typeof createTaskLauncher>;

/** The ECS operations of Fyrestream. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
export function createTaskLauncher(connection: Connection) {
  return createTaskLauncherWithClient(new ECSClient(clientConfiguration(connection, 'ecs')));
}

/** The launcher with any ECS client, such as that of the simulator. */
export function createTaskLauncherWithClient(client: Pick<ECSClient, 'send'>) {
  return {
    /** Sends a recorded request; sent again, it returns the task of the first call. */
    async launch(request: TaskRequest): Promise<LaunchOutcome> {
      try {
        const { tasks = [], failures = [] } = await client.send(new RunTaskCommand(runTaskInput(request)));
        const taskArn = tasks[0]?.taskArn;
        // RunTask answers 200 with an empty list of tasks if it has no capacity.
        return taskArn
          ? { outcome: 'started', taskArn }
          : { outcome: 'no-capacity', reason: withNeed(reasonOf(failures[0]?.reason), request) };
      } catch (error) {
        const result = outcomeOfError(error);
        return result.outcome === 'no-capacity'
          ? { ...result, reason: withNeed(result.reason, request) }
          : result;
      }
    },

    /** The stopped tasks among these; also those that ECS no longer knows, an hour after their end. */
    async findStopped(cluster: string, taskArns: string[]): Promise<StoppedTask[]> {
      if (taskArns.length === 0) return [];
      const { tasks = [], failures = [] } = await client.send(
        new DescribeTasksCommand({ cluster, tasks: taskArns }),
      );
      const stopped = tasks
        .filter((task) => task.lastStatus === 'STOPPED')
        .map((task) => ({
          usage: usageOf(task) ?? undefined,
          taskArn: task.taskArn ?? '',
          startedBy: task.startedBy ?? null,
          stopCode: task.stopCode ?? null,
          stoppedReason: task.stoppedReason ?? null,
          exitCode: task.containers?.[0]?.exitCode ?? null,
          containerReason: task.containers?.[0]?.reason ?? null,
        }));
      const forgotten = failures
        .filter((failure) => failure.reason === 'MISSING')
        .map((failure) => ({
          taskArn: failure.arn ?? '',
          startedBy: null,
          stopCode: null,
          stoppedReason: 'ECS no longer knows the task.',
          exitCode: null,
          containerReason: null,
        }));
      return [...stopped, ...forgotten];
    },

    /**
     * All tasks of a cluster that are not asked to stop.
     * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
     */
    async listRunning(cluster: string): Promise<RunningTask[]> {
      const running: RunningTask[] = [];
      let nextToken: string | undefined;
      do {
        // A page has at most 100 tasks, as many as DescribeTasks accepts.
        const page = await client.send(new ListTasksCommand({ cluster, nextToken }));
        const taskArns = page.taskArns ?? [];
        if (taskArns.length > 0) {
          const { tasks = [] } = await client.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
          running.push(...tasks.filter(({ lastStatus }) => lastStatus !== 'STOPPED').map(runningTask));
        }
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      return running;
    },

    async stop(cluster: string, taskArn: string, reason: string): Promise<void> {
      await client.send(new StopTaskCommand({ cluster, task: taskArn, reason }));
    },
  };
}

function runningTask({ taskArn = '', startedBy, createdAt }: Task): RunningTask {
  return { taskArn, startedBy: startedBy ?? null, createdAt: (createdAt ?? new Date()).toISOString() };
}

function runTaskInput(request: TaskRequest): ConstructorParameters<typeof RunTaskCommand>[0] {
  const { size } = request;
  return {
    clientToken: request.clientToken,
    cluster: request.cluster,
    taskDefinition: request.taskDefinition,
    startedBy: request.startedBy,
    count: 1,
    // The tags of the stack: without them its budget does not include Fargate.
    propagateTags: 'TASK_DEFINITION',
    capacityProviderStrategy: [
      { capacityProvider: request.capacity === 'spot' ? 'FARGATE_SPOT' : 'FARGATE', weight: 1 },
    ],
    ...(request.subnets.length > 0 && {
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: request.subnets,
          securityGroups: request.securityGroups,
          assignPublicIp: request.assignPublicIp ? 'ENABLED' : 'DISABLED',
        },
      },
    }),
    overrides: {
      cpu: String(size.cpuUnits),
      memory: String(size.memoryMiB),
      ephemeralStorage: { sizeInGiB: size.ephemeralStorageGiB },
      containerOverrides: [
        {
          name: request.containerName,
          environment: Object.entries(request.environment).map(([name, value]) => ({ name, value })),
        },
      ],
    },
  };
}

/** Errors of RunTask that are temporary. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html */
const temporaryErrors = new Set(['LimitExceededException', 'ServerException', 'BlockedException']);

function outcomeOfError(error: unknown): LaunchOutcome {
  if (!(error instanceof Error)) throw error;
  // The client token was used with another request: the error names the task of that request, which is used.
  const conflicting = 'resourceIds' in error ? (error.resourceIds as string[] | undefined)?.[0] : undefined;
  if (error.name === 'ConflictException' && conflicting) return { outcome: 'started', taskArn: conflicting };
  if (temporaryErrors.has(error.name) || toServiceFault(error)?.code === 'service-throttled')
    return { outcome: 'no-capacity', reason: reasonOf(error.message, error.name) };
  if (
    /^(InvalidParameter|Client|ClusterNotFound|AccessDenied|Platform|UnsupportedFeature)/.test(
      error.name,
    )
  ) {
    if (isWrappedThrottling(error.message))
      return { outcome: 'no-capacity', reason: reasonOf(error.message, error.name) };
    const message = `ECS refused to start the task (${error.name}): ${error.message}`;
    return { outcome: 'refused', reason: { code: 'launch-refused', message, retryable: true } };
  }
  throw error;
}

function reasonOf(text = 'no reason given', name = ''): Reason {
  const code = launchBlockOf(`${name} ${text}`) ?? 'no-capacity';
  return { code, message: `ECS cannot start the task now: ${text}`, retryable: true };
}

/** A quota that the task alone exceeds does not pass by itself: the reason says how much the task needs. */
function withNeed(reason: Reason, { size }: TaskRequest): Reason {
  if (reason.code !== 'quota-reached') return reason;
  const cpus = size.cpuUnits / 1_024;
  return {
    ...reason,
    message: `${reason.message} (the task needs ${cpus} ${cpus === 1 ? 'vCPU' : 'vCPUs'})`,
  };
}
