import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudClients } from './connect-to-cloud.ts';
import type { Violation } from './violations/violation.ts';

const quietPollMilliseconds = 500;
const maxQuietPolls = 240;

/** What a quiet cloud must not have: messages, dead letters, scratch directories. A sweep may send a message at any time. */
export async function findLeftoverViolations(
  clients: CloudClients,
  dataDirectory: string,
): Promise<Violation[]> {
  const messages = Object.entries(await waitForMessages(clients)).filter(([, count]) => count > 0);
  const deadLetters = await clients.readDeadLetters();
  const scratchDirectories = await readdir(join(dataDirectory, 'ecs', 'scratch'));
  return [
    ...messages.map(([queue, count]) => `${count} messages are left in the queue ${queue}`),
    ...deadLetters.map((body) => `a dead letter: ${body}`),
    ...scratchDirectories.map((name) => `the scratch directory of task ${name} is left`),
  ].map((message) => ({ kind: 'stuck', message }));
}

/** Waits until no queue has a message. @returns the numbers of messages that are still there after two minutes */
export async function waitForMessages(clients: CloudClients): ReturnType<CloudClients['countMessages']> {
  for (let polls = 0; ; polls += 1) {
    const counts = await clients.countMessages();
    if (counts.uploads + counts.control === 0 || polls >= maxQuietPolls) return counts;
    await sleep(quietPollMilliseconds);
  }
}
