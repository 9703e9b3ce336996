import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type ApiConnection, connectApi } from '../connect-api.ts';
import { servedUrls } from '../videos/published-urls.ts';
import { createServerApp } from './create-server-app.ts';

export interface ApiListenerOptions extends ApiConnection {
  /** Of the server: `http://127.0.0.1:8502`. */
  readonly origin: string;
  /** Callers of the API must know it. */
  readonly token: string;
  /** Part of the URLs of published files, which need no other token. */
  readonly mediaToken: string;
  /** A folder with the web page that the server shows. */
  readonly pagesDirectory: string | null;
  /** Base URL of published outputs; null without delivery. */
  readonly deliveryUrl: string | null;
  readonly logFailure: (error: unknown) => void;
  /** Aborted when the server stops: it ends streams of events. */
  readonly signal: AbortSignal;
}

/** Handles the requests of an HTTP server on this machine. */
export type ApiListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export async function createApiListener(options: ApiListenerOptions): Promise<ApiListener> {
  const { origin, mediaToken, deliveryUrl, logFailure, signal } = options;
  const connected = await connectApi(options);
  const app = createServerApp(
    {
      ...connected,
      published: servedUrls(`${origin}/media/${mediaToken}/`, deliveryUrl),
      maxStreamSeconds: Number.POSITIVE_INFINITY,
      ...{ logFailure, signal },
    },
    { ...options, uploadOrigin: await uploadOriginOf(connected.stack) },
  );
  return getRequestListener(app.fetch, { overrideGlobalObjects: false });
}

/** Where the URLs of parts lead to. */
async function uploadOriginOf({
  signer,
  sourceBucket,
}: Awaited<ReturnType<typeof connectApi>>['stack']): Promise<string> {
  const address = { bucket: sourceBucket, key: 'videos/a', uploadId: 'a' };
  return new URL(await signer.partUrl(address, 1, 60)).origin;
}
