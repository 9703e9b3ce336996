import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { FyrestreamError } from '@fyrestream/events';

/** One output of ffmpeg as it is written: ffmpeg connects to a Unix socket, backpressure is the socket's. */
export interface StreamReceiver {
  /** What ffmpeg is told to write to. @see https://ffmpeg.org/ffmpeg-protocols.html#unix */
  readonly target: string;
  /** The bytes, to their end; without any where ffmpeg never connected before `close`. */
  chunks(): AsyncIterable<Uint8Array>;
  /** Nothing more will come: ffmpeg is gone. */
  close(): void;
}

/**
 * @param onBytes called for each chunk, for whoever watches that there is progress
 * @throws FyrestreamError `stream-broken`
 */
export async function receiveStream(
  socketPath: string,
  onBytes: (count: number) => void,
): Promise<StreamReceiver> {
  const connection = Promise.withResolvers<Socket | null>();
  const server: Server = createServer((socket) => {
    server.close();
    connection.resolve(socket);
  });
  try {
    server.listen(socketPath);
    await once(server, 'listening');
  } catch (cause) {
    throw broken(socketPath, cause);
  }
  server.on('error', (cause) => connection.reject(broken(socketPath, cause)));
  return {
    target: `unix:${socketPath}`,
    async *chunks() {
      const socket = await connection.promise;
      if (socket === null) return;
      for await (const chunk of socket) {
        onBytes(chunk.length);
        yield chunk;
      }
    },
    close() {
      server.close();
      connection.resolve(null);
    },
  };
}

function broken(socketPath: string, cause: unknown): FyrestreamError {
  const message = `The socket ${socketPath} failed.`;
  return new FyrestreamError({ code: 'stream-broken', message, retryable: true, cause });
}
