import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CloudClients } from './connect-to-cloud.ts';
import type { Violation } from './violations/violation.ts';

/** What a quiet cloud must not have: messages, dead letters, scratch directories. */
export async function findLeftoverViolations(
  clients: CloudClients,
  dataDirectory: string,
): Promise<Violation[]> {
  const messages = Object.entries(await clients.countMessages()).filter(([, count]) => count > 0);
  const deadLetters = await clients.readDeadLetters();
  const scratchDirectories = await readdir(join(dataDirectory, 'ecs', 'scratch'));
  return [
    ...messages.map(([queue, count]) => `${count} messages are left in the queue ${queue}`),
    ...deadLetters.map((body) => `a dead letter: ${body}`),
    ...scratchDirectories.map((name) => `the scratch directory of task ${name} is left`),
  ].map((message) => ({ kind: 'stuck', message }));
}
