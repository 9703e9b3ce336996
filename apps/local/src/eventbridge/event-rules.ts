import { appendFile } from 'node:fs/promises';
import { jobEventSource } from '@fyrestream/events';
import { arn } from '../arn.ts';
import type { Topology } from '../topology.ts';
import type { EventRule } from './create-event-bus.ts';

/** The rules of the stack: stopped tasks go to the control queue, job events to a file for people. */
export function eventRules(
  topology: Topology,
  sendToControlQueue: (body: string) => Promise<void>,
  eventsFile: string,
): EventRule[] {
  return [
    {
      pattern: {
        source: ['aws.ecs'],
        'detail-type': ['ECS Task State Change'],
        detail: { clusterArn: [arn.cluster(topology.cluster)], lastStatus: ['STOPPED'] },
      },
      target: async (event) => await sendToControlQueue(JSON.stringify(event)),
    },
    {
      pattern: { source: [jobEventSource] },
      target: async (event) => await appendFile(eventsFile, `${JSON.stringify(event)}\n`),
    },
  ];
}
