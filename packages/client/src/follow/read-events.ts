import { createParser } from 'eventsource-parser';
import type { Client } from '../create-client.ts';

/**
 * The data of the events of a stream, until it ends. `EventSource` of browsers cannot send a token.
 * @throws ApiError; TypeError if the connection breaks; the reason of the signal
 */
export async function* readEvents<Data>(
  client: Client,
  path: string,
  signal: AbortSignal,
): AsyncGenerator<Data> {
  const response = await client.send(path, { signal, headers: { accept: 'text/event-stream' } });
  if (response.body === null) return;
  const chunks = response.body.getReader();
  const leave = () => void chunks.cancel().catch(() => {});
  // Node follows the signal of a Request only until the Request is collected as garbage.
  signal.addEventListener('abort', leave, { once: true });
  const decoder = new TextDecoder();
  const received: Data[] = [];
  const parser = createParser({ onEvent: ({ data }) => received.push(JSON.parse(data) as Data) });
  try {
    for (;;) {
      const { done, value } = await chunks.read();
      signal.throwIfAborted();
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      yield* received.splice(0);
    }
  } finally {
    signal.removeEventListener('abort', leave);
    leave();
  }
}
