import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createMessageQueue } from '@fyrestream/cloud';
import type { LocalConnection } from '../../src/index.ts';
import type { Pipeline } from '../../test/pipeline/pipeline.ts';

/** What a quiet cloud should have none of: messages, dead letters, scratch. */
export async function findLeftovers(connection: LocalConnection, pipeline: Pipeline): Promise<string[]> {
  const { environment, dataDirectory } = connection;
  const leftovers: string[] = [];
  for (const queue of ['uploads', 'control'] as const) {
    const count = await pipeline.messagesIn(queue);
    if (count > 0) leftovers.push(`${count} messages are left in the queue ${queue}`);
  }
  for (const variable of ['FYRESTREAM_DEAD_LETTER_QUEUE_URL', 'FYRESTREAM_CONTROL_DEAD_LETTER_QUEUE_URL']) {
    for (const body of await readDeadLetters(connection, environment[variable] ?? '')) {
      leftovers.push(`a dead letter: ${body}`);
    }
  }
  for (const name of await readdir(join(dataDirectory, 'ecs', 'scratch'))) {
    leftovers.push(`the task ${name} left its scratch directory`);
  }
  return leftovers;
}

const hiddenSeconds = 300;

async function readDeadLetters(
  { region, credentials, url }: LocalConnection,
  queueUrl: string,
): Promise<string[]> {
  const queue = createMessageQueue({ region, credentials, endpoints: { sqs: url } }, queueUrl);
  const bodies: string[] = [];
  for (;;) {
    const messages = await queue.receive(hiddenSeconds);
    if (messages.length === 0) return bodies;
    bodies.push(...messages.map(({ body }) => body));
  }
}
