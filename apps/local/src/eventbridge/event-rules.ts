import { appendFile } from 'node:fs/promises';
import { jobEventSource } from '@fyrestream/events';
import { arn } from '../arn.ts';
import type { Topology } from '../topology.ts';
import type { EventEnvelope } from './bus-event.ts';
import type { EventRule } from './create-event-bus.ts';

/** Sends the body of a message to a queue. */
type Send = (body: string) => Promise<void>;

/**
 * The rules of the stack: stopped tasks go to the control queue, job events to a file for people and, where there are
 * endpoints, to the queue of webhooks.
 */
export function eventRules(
  topology: Topology,
  queues: { readonly control: Send; readonly webhooks: Send },
  eventsFile: string,
): EventRule[] {
  return [
    {
      pattern: {
        source: ['aws.ecs'],
        'detail-type': ['ECS Task State Change'],
        detail: { clusterArn: [arn.cluster(topology.cluster)], lastStatus: ['STOPPED'] },
      },
      target: async (event) => await queues.control(JSON.stringify(event)),
    },
    {
      pattern: { source: [jobEventSource] },
      target: async (event) => await appendFile(eventsFile, `${JSON.stringify(event)}\n`),
    },
    ...(Object.keys(topology.webhooks).length === 0
      ? []
      : [
          {
            pattern: { source: [jobEventSource] },
            target: async (event: EventEnvelope) => await queues.webhooks(JSON.stringify(event)),
          },
        ]),
  ];
}
