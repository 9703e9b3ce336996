import { Readable } from 'node:stream';
import { outputPrefix, versionsPrefix } from '@fyrestream/events';
import type { Hono } from 'hono';
import { ProblemError } from '../problems/problem-error.ts';
import type { ApiServices } from '../services.ts';
import { isSecret } from './request-guard.ts';

/**
 * Serves the published files of the output bucket below `/media/<token>/`, where their relative references lead to each other.
 * The token is in the path, because a player and an image cannot send a header.
 */
export function addMedia(app: Hono, { stack, signal }: ApiServices, mediaToken: string): void {
  app.on(['GET', 'HEAD'], '/media/:token/*', async (context) => {
    const { token } = context.req.param();
    const key = decodeKey(new URL(context.req.url).pathname.split('/').slice(3));
    const isPublished = key?.startsWith(outputPrefix) || key?.startsWith(versionsPrefix);
    if (key === null || !isPublished || !isSecret(token, mediaToken)) throw notFound();
    const object = await stack.reader.open(
      { bucket: stack.outputBucket, key },
      {
        range: context.req.header('range'),
        ifNoneMatch: context.req.header('if-none-match'),
        signal: AbortSignal.any([signal, context.req.raw.signal]),
      },
    );
    if (object.status === 404) throw notFound();
    const headers = { ...object.headers, 'x-content-type-options': 'nosniff' };
    if (context.req.method === 'HEAD' || object.body === null) {
      object.body?.destroy();
      return new Response(null, { status: object.status, headers });
    }
    return new Response(Readable.toWeb(object.body) as ReadableStream, { status: object.status, headers });
  });
}

function decodeKey(parts: readonly string[]): string | null {
  try {
    return parts.map(decodeURIComponent).join('/');
  } catch {
    return null;
  }
}

function notFound(): ProblemError {
  return new ProblemError(404, {
    code: 'file-not-found',
    message: 'There is no such published file.',
    retryable: false,
  });
}
