import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jobEventSchema } from '@fyrestream/events';

/** The jobs that have ended or are held. */
export interface JobEnds {
  has(jobId: string): boolean;
}

const endStatuses = new Set<string>(['succeeded', 'failed', 'cancelled', 'held']);
const pollMilliseconds = 200;
const readBytes = 1024 * 1024;

/** Reads the events of a local cloud from its file: asking the ledger for each job would take more CPU time than a job. */
export function watchJobEnds(dataDirectory: string, stop: AbortSignal): JobEnds {
  const ended = new Set<string>();
  void readEvents(join(dataDirectory, 'events.ndjson'), stop, (line) => {
    const { jobId, status } = jobEventSchema.parse(JSON.parse(line).detail);
    if (endStatuses.has(status)) ended.add(jobId);
  });
  return ended;
}

async function readEvents(path: string, stop: AbortSignal, onLine: (line: string) => void): Promise<void> {
  let position = 0;
  let rest = '';
  while (!stop.aborted) {
    const file = await open(path).catch(() => null);
    if (file !== null) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(readBytes), 0, readBytes, position);
      await file.close();
      position += bytesRead;
      const lines = (rest + buffer.toString('latin1', 0, bytesRead)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    }
    await sleep(pollMilliseconds);
  }
}
