import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { listenOn } from './listen-on.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(port: number): Promise<string> {
  const server = createServer();
  servers.push(server);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Below the range from which the system gives ports to others. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const url = await listen(port).catch(() => null);
    if (url === null) continue;
    const server = servers.pop();
    server?.close();
    if (server?.listening) await once(server, 'close');
    return port;
  }
}

it('uses the preferred port if it is free, and another one if it is taken', async () => {
  const port = await freePort();
  expect(await listenOn(listen, { preferred: port })).toBe(`http://127.0.0.1:${port}`);
  expect(await listenOn(listen, { preferred: port })).not.toBe(`http://127.0.0.1:${port}`);
});

it('refuses to use another port than the required one', async () => {
  const port = await freePort();
  await listen(port);
  await expect(listenOn(listen, { required: port })).rejects.toMatchObject({ code: 'port-taken' });
});
