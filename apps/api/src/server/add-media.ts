import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import {
  encryptionKeyKey,
  keysPrefix,
  mediaPlaylistFileName,
  outputPrefix,
  versionsPrefix,
} from '@fyrestream/events';
import { namesKey, replaceKeyUri } from '@fyrestream/media';
import type { Hono } from 'hono';
import { ProblemError } from '../problems/problem-error.ts';
import type { ApiServices } from '../services.ts';
import { isSecret } from './request-guard.ts';

/**
 * Serves the published files of the output bucket below `/media/<token>/`, where their relative references lead to each other.
 * The token is in the path, because a player and an image cannot send a header. Keys of encrypted versions are served too, and
 * playlists name them here: who has the token may see every film, without the key server.
 */
export function addMedia(app: Hono, { stack, signal }: ApiServices, mediaToken: string): void {
  app.on(['GET', 'HEAD'], '/media/:token/*', async (context) => {
    const { token } = context.req.param();
    const key = decodeKey(new URL(context.req.url).pathname.split('/').slice(3));
    const isServed = servedPrefixes.some((prefix) => key?.startsWith(prefix));
    if (key === null || !isServed || !isSecret(token, mediaToken)) throw notFound();
    const isPlaylist = isMediaPlaylist(key);
    const object = await stack.reader.open(
      { bucket: stack.outputBucket, key },
      {
        range: isPlaylist ? undefined : context.req.header('range'),
        ifNoneMatch: context.req.header('if-none-match'),
        signal: AbortSignal.any([signal, context.req.raw.signal]),
      },
    );
    if (object.status === 404) throw notFound();
    const headers: Record<string, string> = { ...object.headers, 'x-content-type-options': 'nosniff' };
    if (isPlaylist && object.body !== null) {
      const playlist = withKeyServedHere(key, await text(object.body));
      headers['content-length'] = String(Buffer.byteLength(playlist));
      return new Response(context.req.method === 'HEAD' ? null : playlist, {
        status: object.status,
        headers,
      });
    }
    if (context.req.method === 'HEAD' || object.body === null) {
      object.body?.destroy();
      return new Response(null, { status: object.status, headers });
    }
    return new Response(Readable.toWeb(object.body) as ReadableStream, { status: object.status, headers });
  });
}

const servedPrefixes = [outputPrefix, versionsPrefix, keysPrefix];
/** Whether a key is `versions/<jobId>/<token>/<track>/index.m3u8`. */
function isMediaPlaylist(key: string): boolean {
  return key.startsWith(versionsPrefix) && key.endsWith(`/${mediaPlaylistFileName}`);
}

function withKeyServedHere(key: string, playlist: string): string {
  if (!namesKey(playlist)) return playlist;
  const folders = key.split('/').slice(0, -1);
  const versionPrefix = `${folders.slice(0, 3).join('/')}/`;
  return replaceKeyUri(playlist, '../'.repeat(folders.length) + encryptionKeyKey(versionPrefix));
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
