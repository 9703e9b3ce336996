import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A real network between a client and a server, with a knife. */
export interface CuttingProxy {
  readonly url: string;
  /** Connections so far. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/**
 * Passes bytes on to `targetUrl` and breaks a connection in the middle of its answer.
 * @param bytesBeforeCut bytes of the answer that the n-th connection (from 1) lets through; undefined lets all
 *   through. The connection waits until it is known.
 */
export async function startCuttingProxy(
  targetUrl: string,
  bytesBeforeCut: (connection: number) => Promise<number | undefined> | number | undefined,
): Promise<CuttingProxy> {
  const { hostname, port } = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer(async (client) => {
    connections += 1;
    let left = (await bytesBeforeCut(connections)) ?? Number.POSITIVE_INFINITY;
    const target = connect(Number(port), hostname);
    const cut = () => {
      client.destroy();
      target.destroy();
    };
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on('error', cut);
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    client.pipe(target);
    target.on('data', (chunk) => {
      if (chunk.length >= left) {
        client.write(chunk.subarray(0, left), cut);
        left = 0;
        target.pause();
        return;
      }
      left -= chunk.length;
      if (client.write(chunk)) return;
      target.pause();
      client.once('drain', () => target.resume());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
