import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Reason, reasonSchema } from '@fyrestream/events';
import { z } from 'zod';

/** What the poller logs of a message that it could not deal with. */
const failureSchema = z.object({
  msg: z.literal('message-failed'),
  messageId: z.string().min(1),
  reason: reasonSchema,
});
const pollerLog = /^fyrestream-sqs-poller.*\.log$/;

/** The last reason for which the poller of a local cloud failed each message, by the id of the message. */
export async function readFailures(dataDirectory: string): Promise<ReadonlyMap<string, Reason>> {
  const folder = join(dataDirectory, 'logs');
  const reasons = new Map<string, Reason>();
  for (const name of await readdir(folder)) {
    if (!pollerLog.test(name)) continue;
    for await (const line of createInterface({ input: createReadStream(join(folder, name)) })) {
      if (!line.includes('message-failed')) continue;
      const failure = failureSchema.safeParse(parse(line));
      if (failure.success) reasons.set(failure.data.messageId, failure.data.reason);
    }
  }
  return reasons;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null; // the last line of a process that was killed
  }
}
