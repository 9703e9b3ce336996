import { createObjectStore } from '@fyrestream/cloud';
import { encryptionKeyKey, versionPrefix } from '@fyrestream/events';
import type { LocalConnection } from '../../src/local-connection.ts';
import { listen, type WebServer } from './serve-published.ts';

export interface KeyServer extends WebServer {
  /** The key URL of profiles. */
  readonly template: string;
  /** The cloud has to know the template before it starts. */
  connect(connection: LocalConnection, bucket: string): void;
  /** Whether it gives keys away, or answers 404. */
  open: boolean;
}

/** A key server as one of one's own: it reads the keys of versions from the bucket, and gives them to whom it likes. */
export async function serveKeys(): Promise<KeyServer> {
  let keyOf: (jobId: string, token: number) => Promise<Uint8Array> = () => Promise.reject();
  const server = await listen(async (request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    const [, jobId = '', token = ''] = (request.url ?? '').split('/');
    const key = keys.open ? await keyOf(jobId, Number(token)).catch(() => null) : null;
    if (key === null) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(key);
  });
  const keys: KeyServer = {
    ...server,
    template: `${server.url}/{jobId}/{token}`,
    connect({ region, credentials, s3Url, url }, bucket) {
      const store = createObjectStore({ region, credentials, endpoints: { s3: s3Url, dynamodb: url } });
      keyOf = (jobId, token) =>
        store.readRange({ bucket, key: encryptionKeyKey(versionPrefix(jobId, token)) }, 0, 15);
    },
    open: true,
  };
  return keys;
}
