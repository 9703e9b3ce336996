import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { FyrestreamError } from '@fyrestream/events';
import { closeAfterPendingConnections } from './close-after-pending-connections.ts';

/** A Unix socket that receives one output of ffmpeg while ffmpeg writes it; a slow reader makes ffmpeg wait. */
export interface OutputSocket {
  /** The output URL for ffmpeg. @see https://ffmpeg.org/ffmpeg-protocols.html#unix */
  readonly target: string;
  /** All bytes that ffmpeg writes; none if it did not connect before `close`. */
  chunks(): AsyncIterable<Uint8Array>;
  /** To be called when ffmpeg has ended. */
  close(): void;
}

/**
 * @param onBytes called for each chunk: a sign of progress
 * @throws FyrestreamError `stream-broken`
 */
export async function openOutputSocket(
  socketPath: string,
  onBytes: (count: number) => void,
): Promise<OutputSocket> {
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
      void closeAfterPendingConnections(server).then(() => connection.resolve(null));
    },
  };
}

function broken(socketPath: string, cause: unknown): FyrestreamError {
  const message = `The socket ${socketPath} failed.`;
  return new FyrestreamError({ code: 'stream-broken', message, retryable: true, cause });
}
