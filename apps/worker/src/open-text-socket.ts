import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { finished } from 'node:stream/promises';
import { closeAfterPendingConnections } from './close-after-pending-connections.ts';

/** A Unix socket that receives the text output of an ffmpeg filter. The filter connects again when its graph is configured again. */
export interface TextSocket {
  /** The output URL for ffmpeg. */
  readonly target: string;
  /** To be called when ffmpeg has ended. Resolves when all text has been read. */
  close(): Promise<void>;
}

export async function openTextSocket(
  socketPath: string,
  onText: (text: string) => void,
): Promise<TextSocket> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setEncoding('utf8').on('data', (text) => onText(`${text}`));
  });
  server.listen(socketPath);
  await once(server, 'listening');
  return {
    target: `unix:${socketPath}`,
    async close() {
      await closeAfterPendingConnections(server);
      // A broken connection is no error here: missing text shows in the count of frames.
      await Promise.allSettled([...sockets].map((socket) => finished(socket, { writable: false })));
    },
  };
}
