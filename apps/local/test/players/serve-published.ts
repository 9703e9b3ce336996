import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { LocalConnection } from '../../src/local-connection.ts';
import { signDownloads } from './sign-downloads.ts';

export interface WebServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Headers that a browser sends and S3 heeds. */
const forwarded = ['range', 'origin', 'if-none-match', 'access-control-request-method'];

/**
 * What CloudFront is to the bucket of outputs: it signs what an anonymous viewer asks for. Types, ranges, cache headers and
 * the permission of other origins are those of the bucket.
 */
export async function servePublished(connection: LocalConnection, bucket: string): Promise<WebServer> {
  const downloads = signDownloads(connection, bucket);
  const server = await listen(async (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://viewer');
    const url = await downloads.urlOf(decodeURIComponent(pathname.slice(1)));
    const headers = forwarded.flatMap((name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value] as const] : [];
    });
    const answer = await fetch(url, {
      method: request.method ?? 'GET',
      headers: Object.fromEntries(headers),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    if (answer.body === null) response.end();
    else await pipeline(answer.body, response);
  });
  return {
    ...server,
    async close() {
      await server.close();
      downloads.close();
    },
  };
}

export async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<WebServer> {
  const server = createServer((request, response) => {
    // A player that has what it wanted hangs up; what else goes wrong it sees as a broken answer.
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
