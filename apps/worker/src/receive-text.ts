import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { finished } from 'node:stream/promises';

/** What a filter of ffmpeg tells as text. A filter opens its file anew whenever its graph is set up again. */
export interface TextReceiver {
  /** What ffmpeg is told to write to. */
  readonly target: string;
  /** ffmpeg is gone: resolves when all that it wrote has been taken. */
  close(): Promise<void>;
}

export async function receiveText(socketPath: string, onText: (text: string) => void): Promise<TextReceiver> {
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
      server.close();
      // A connection that broke has said what it had to say: what is missing shows in the count of frames.
      await Promise.allSettled([...sockets].map((socket) => finished(socket, { writable: false })));
    },
  };
}
