import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

/** Proxies close connections that are silent for a minute. */
const keepAliveMilliseconds = 15_000;

/**
 * A stream of server-sent events that asks `poll` for new ones until it has no more, the client goes away or the server stops.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function sendEvents(
  context: Context,
  options: {
    readonly pollMilliseconds: number;
    /** After this time the stream ends, and the client connects again. */
    readonly maxSeconds: number;
    readonly signal: AbortSignal;
    readonly logFailure: (error: unknown) => void;
    readonly poll: () => Promise<{ events: readonly { event: string; data: unknown }[]; isOver: boolean }>;
  },
): Response {
  const { poll, pollMilliseconds, maxSeconds, logFailure } = options;
  context.header('cache-control', 'no-store');
  // Proxies must not collect the events.
  context.header('x-accel-buffering', 'no');
  return streamSSE(context, async (stream) => {
    const ended = new AbortController();
    stream.onAbort(() => ended.abort());
    const signal = AbortSignal.any([options.signal, ended.signal]);
    const endsAt = performance.now() + maxSeconds * 1_000;
    let sentAt = performance.now();
    while (!signal.aborted && performance.now() < endsAt) {
      const { events, isOver } = await poll().catch((error) => {
        // The stack does not answer now: the next poll may succeed.
        logFailure(error);
        return { events: [], isOver: false };
      });
      for (const { event, data } of events) await stream.writeSSE({ event, data: JSON.stringify(data) });
      if (isOver) return;
      if (events.length > 0) sentAt = performance.now();
      else if (performance.now() - sentAt > keepAliveMilliseconds) {
        await stream.write(': keep-alive\n\n');
        sentAt = performance.now();
      }
      await sleep(pollMilliseconds, undefined, { signal }).catch(() => {});
    }
  });
}
