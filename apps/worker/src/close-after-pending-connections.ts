import type { Server } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Closes a server after it has accepted all connections that exist. A process that has written little and ended may
 * not have been accepted yet on a busy machine; closing the server at once would lose what it wrote.
 */
export async function closeAfterPendingConnections(server: Server): Promise<void> {
  let mayHaveMore = true;
  server.on('connection', () => {
    mayHaveMore = true;
  });
  while (mayHaveMore) {
    mayHaveMore = false;
    // Connections are accepted between two turns of the event loop.
    await nextTurn();
    await nextTurn();
  }
  server.close();
}
