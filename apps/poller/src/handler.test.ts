import { createLogger } from '@fyrestream/cloud';
import { FyrestreamError, type InvokerMessage } from '@fyrestream/events';
import { describe, expect, it } from 'vitest';
import { createPoller } from './handler.ts';

const log = createLogger('poller-test', 'silent');

function notification(...keys: string[]): string {
  return JSON.stringify({
    Records: keys.map((key) => ({
      eventSource: 'aws:s3',
      eventName: 'ObjectCreated:Put',
      eventTime: '2026-01-02T03:04:05.678Z',
      s3: {
        bucket: { name: 'b' },
        object: { key, size: key.endsWith('/') ? 0 : 1, eTag: 'e', versionId: 'v', sequencer: '1' },
      },
    })),
  });
}

/** A poller whose invoker records its calls and fails for some keys. */
function pollerWith(failing: string[] = []) {
  const requested: string[] = [];
  let running = 0;
  let maxAtOnce = 0;
  const handle = createPoller({
    log,
    invoker: {
      async call(message: InvokerMessage) {
        running += 1;
        maxAtOnce = Math.max(maxAtOnce, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        const key = message.kind === 'upload-received' ? message.upload.key : message.kind;
        requested.push(key);
        if (failing.includes(key)) {
          throw new FyrestreamError({ code: 'invoker-failed', message: 'no', retryable: true });
        }
      },
    },
  });
  return { handle, requested, maxAtOnce: () => maxAtOnce };
}

const record = (messageId: string, body: string) => ({ messageId, body });

describe('createPoller', () => {
  it('F03 returns only the failed messages of a batch and handles the others', async () => {
    const { handle, requested } = pollerWith(['videos/b.mov']);
    const response = await handle({
      Records: [
        record('1', notification('videos/a.mov')),
        record('2', notification('videos/b.mov')),
        record('3', 'not json'),
        record('4', notification('videos/c.mov')),
      ],
    });
    expect(response.batchItemFailures.map((failure) => failure.itemIdentifier).sort()).toEqual(['2', '3']);
    expect(requested.sort()).toEqual(['videos/a.mov', 'videos/b.mov', 'videos/c.mov']);
  });

  it('F03 returns a message with several failed records once', async () => {
    const { handle } = pollerWith(['videos/a.mov', 'videos/b.mov']);
    const body = notification('videos/a.mov', 'videos/b.mov', 'videos/c.mov');
    expect(await handle({ Records: [record('1', body)] })).toEqual({
      batchItemFailures: [{ itemIdentifier: '1' }],
    });
  });

  it('acknowledges messages without uploads and does not call the invoker', async () => {
    const { handle, requested } = pollerWith();
    const testEvent = JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent' });
    const response = await handle({
      Records: [record('1', testEvent), record('2', notification('videos/'))],
    });
    expect(response.batchItemFailures).toEqual([]);
    expect(requested).toEqual([]);
  });

  it('makes at most five concurrent calls', async () => {
    const { handle, requested, maxAtOnce } = pollerWith();
    await handle({
      Records: Array.from({ length: 10 }, (_, i) => record(`${i}`, notification(`videos/${i}.mov`))),
    });
    expect(requested).toHaveLength(10);
    expect(maxAtOnce()).toBe(5);
  });
});
