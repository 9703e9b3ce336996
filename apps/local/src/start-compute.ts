import { arn } from './arn.ts';
import { metadataPath, openEcs } from './ecs/open-ecs.ts';
import { awsEnvironment, credentialsEnvironment } from './environment/aws-environment.ts';
import {
  invokerEnvironment,
  notifierEnvironment,
  pollerEnvironment,
  workerEnvironment,
} from './environment/fyrestream-environment.ts';
import { hostEnvironment } from './environment/host-environment.ts';
import { startEventSource } from './event-source/start-event-source.ts';
import { createEventBus } from './eventbridge/create-event-bus.ts';
import { createEventbridgeService } from './eventbridge/create-eventbridge-service.ts';
import { eventRules } from './eventbridge/event-rules.ts';
import { reservedBytes } from './free-space.ts';
import type { PrincipalName } from './iam/principals.ts';
import { functionLogFile, functionLogGroup, taskLogGroup } from './lambda/function-log.ts';
import { startFunctions } from './lambda/start-functions.ts';
import type { LocalContext } from './local-context.ts';
import { createLogsService } from './logs/create-logs-service.ts';
import { functionStreams, type LogGroups, taskStreams } from './logs/log-groups.ts';
import { startSweepSchedule } from './scheduler/start-sweep-schedule.ts';
import { queueUrl } from './sqs/open-queues.ts';
import type { StorageServices } from './start-storage.ts';

/** A stop waits this long for functions, and then for tasks. */
const functionGraceSeconds = 5;
const taskGraceSeconds = 10;
/** A stack that has had no task for this time is idle. */
const busyAfterTaskMilliseconds = 120_000;

/** Starts the services that run code: functions and tasks, and the event bus and event sources that trigger them. */
export async function startCompute(context: LocalContext, storage: StorageServices): Promise<void> {
  const { topology, layout, controlPlane, controlPlaneUrl, nowMilliseconds, warn, shutdown } = context;
  const { poller, invoker, notifier } = topology.functions;
  const controlQueue = storage.queueFor('events', topology.queues.control.name);
  const webhookQueue = storage.queueFor('events', topology.queues.webhooks.name);
  const base = (principal: PrincipalName) => ({
    ...hostEnvironment(layout.compileCache),
    ...awsEnvironment({ controlPlaneUrl, s3Url: storage.s3Url }),
    ...credentialsEnvironment(context.keys[principal]),
  });

  const bus = createEventBus(
    eventRules(topology, { control: controlQueue.send, webhooks: webhookQueue.send }, layout.eventsFile),
  );
  controlPlane.add(createEventbridgeService(topology.eventBus, bus, nowMilliseconds));

  const controlQueueUrl = queueUrl(controlPlaneUrl, topology.queues.control.name);
  const tasks = openEcs({
    topology,
    layout,
    controlPlaneUrl,
    environmentOf: (scratchDirectory) => ({
      ...base('worker'),
      ...workerEnvironment(topology, { scratchDirectory, controlQueueUrl }),
    }),
    bus,
    nowMilliseconds,
    log: warn,
  });
  await tasks.runner.recover();
  controlPlane.add(tasks.service);
  controlPlane.addOpenPath(metadataPath, tasks.metadataOf);
  shutdown.add(() => tasks.runner.stop(taskGraceSeconds));

  const functions = startFunctions({
    definitions: [
      { definition: poller, environment: { ...base('poller'), ...pollerEnvironment(topology) } },
      {
        definition: invoker,
        environment: { ...base('invoker'), ...invokerEnvironment(topology, controlQueueUrl) },
      },
      {
        definition: notifier,
        environment: { ...base('notifier'), ...notifierEnvironment(topology, controlPlaneUrl) },
      },
    ],
    retryDelaysSeconds: topology.asyncInvocation.retryDelaysSeconds,
    layout,
    log: warn,
  });
  controlPlane.add(functions.service);
  shutdown.add(functions.stop);
  const { family } = topology.taskDefinition;
  const logGroups: LogGroups = new Map([
    ...[poller, invoker, notifier].map(
      ({ name }) => [functionLogGroup(name), functionStreams(functionLogFile(layout, name))] as const,
    ),
    [taskLogGroup(family), taskStreams(layout.logs, family)],
  ]);
  controlPlane.add(createLogsService(logGroups));

  const { uploads, control, webhooks } = topology.queues;
  const sources = (
    [
      [uploads, 'poller', topology.eventSource],
      [control, 'poller', topology.eventSource],
      [webhooks, 'notifier', topology.webhookSource],
    ] as const
  ).map(([queue, receiver, definition]) =>
    startEventSource({
      definition,
      queue: storage.queueFor(receiver, queue.name),
      queueArn: arn.queue(queue.name),
      invoke: async (payload) => await functions.invoke(topology.functions[receiver].name, payload),
      isReady: async () => (await context.freeSpace(layout.tables)) >= reservedBytes.records,
      log: warn,
    }),
  );
  shutdown.add(async () => {
    await Promise.all(sources.map((source) => source.stop(functionGraceSeconds)));
  });

  let lastTaskAt = nowMilliseconds();
  const schedule = startSweepSchedule({
    ...topology.sweep,
    isBusy: () => {
      if (tasks.runner.hasRunningTasks()) lastTaskAt = nowMilliseconds();
      return nowMilliseconds() - lastTaskAt < busyAfterTaskMilliseconds;
    },
    send: controlQueue.send,
    nowMilliseconds,
    log: warn,
  });
  shutdown.add(schedule.stop);
}
