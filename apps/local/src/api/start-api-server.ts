import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ApiListener, ApiListenerOptions } from '@fyrestream/api';
import { slowClientLimits } from '../foreign-request.ts';
import { listenOn, type PortChoice } from '../listen-on.ts';

export interface ApiServer {
  readonly url: string;
  /** Callers must know it. */
  readonly token: string;
  readonly close: () => Promise<void>;
}

/** The exports of the bundle of the API. */
interface ApiModule {
  createApiListener(options: ApiListenerOptions): Promise<ApiListener>;
}

/**
 * Starts the server of the API and of its web page. It loads the bundle with the first request, so that a cloud that nobody looks at
 * takes no memory for it.
 * @param connection what the API uses of the stack
 * @throws LocalError `port-taken`
 */
export async function startApiServer(
  { bundlePath, pagesDirectory }: { bundlePath: string; pagesDirectory: string },
  connection: Pick<
    ApiListenerOptions,
    'connection' | 'environment' | 'name' | 'access' | 'dataDirectory' | 'deliveryUrl' | 'logFailure'
  >,
  port: PortChoice,
): Promise<ApiServer> {
  const token = createToken();
  const stopping = new AbortController();
  let listener: Promise<ApiListener> | undefined;
  const load = async (): Promise<ApiListener> => {
    const { createApiListener }: ApiModule = await import(pathToFileURL(bundlePath).href);
    return createApiListener({
      ...connection,
      origin: url,
      token,
      mediaToken: createToken(),
      pagesDirectory: existsSync(join(pagesDirectory, 'index.html')) ? pagesDirectory : null,
      signal: stopping.signal,
    });
  };
  const server = createServer({ ...slowClientLimits, requestTimeout: 60_000 }, async (request, response) => {
    try {
      // What made it fail, such as expired credentials, may be mended: the next request tries again.
      listener ??= load().catch((error) => {
        listener = undefined;
        throw error;
      });
      await (await listener)(request, response);
    } catch (error) {
      connection.logFailure(error);
      response.destroy();
    }
  });
  const url = await listenOn(async (number) => {
    server.listen(number, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }, port);
  return {
    url,
    token,
    close: async () => {
      stopping.abort();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function createToken(): string {
  return randomBytes(24).toString('base64url');
}
