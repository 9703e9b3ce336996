import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import {
  chapterListFileName,
  masterPlaylistFileName,
  mediaPlaylistFileName,
  posterFileName,
} from '@fyrestream/events';
import { parseByteRange } from '@fyrestream/local/byte-range';
import { namesKey, replaceKeyUri } from '@fyrestream/media';
import type { RangedFiles } from '@fyrestream/operations';
import prettyBytes from 'pretty-bytes';
import { playerFolder } from '../repository-paths.ts';
import { contentTypeOf } from './content-type.ts';

export interface PlayerServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const publishedPath = '/published/';
const keyPath = '/key';
const page: Readonly<Record<string, string>> = {
  '/': join(playerFolder, 'player.html'),
  '/player.css': join(playerFolder, 'player.css'),
  '/player.mjs': join(playerFolder, 'player.mjs'),
};
/** Only this server: no other host receives a request. hls.js passes its media and its worker as blobs. */
const contentPolicy =
  "default-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; img-src 'self' data:";

/**
 * Serves a page that plays a published version, and the files of the version, on 127.0.0.1.
 * @param sizes those of `files`; no other file is served
 * @param key of encrypted segments: players get it here instead of at the URL of the playlists
 * @param title shown above the video
 */
export async function servePlayer(
  files: RangedFiles,
  sizes: ReadonlyMap<string, number>,
  title: string,
  key: Uint8Array | null,
): Promise<PlayerServer> {
  const server = createServer((request, response) => {
    // A player that stops reading closes the connection; it notices other failures as an incomplete response.
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A page of another site must not read the video by a name that resolves to this address.
    if (request.headers.host !== host) return end(response, 403);
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405);
    response.setHeader('content-security-policy', contentPolicy);
    response.setHeader('cache-control', 'no-store');
    const { pathname } = new URL(request.url ?? '', `http://${host}`);
    if (pathname === keyPath && key !== null) return send(response, keyPath, key);
    if (pathname.startsWith(publishedPath)) return sendPublished(request, response, pathname);
    if (pathname === '/video.json') return send(response, pathname, JSON.stringify(describe()));
    const path = pathname === '/hls.mjs' ? hlsPath() : page[pathname];
    if (path === undefined) return end(response, 404);
    send(response, path, await readFile(path));
  }

  async function sendPublished(request: IncomingMessage, response: ServerResponse, pathname: string) {
    const path = decodeURIComponent(pathname.slice(publishedPath.length));
    const size = sizes.get(path);
    if (size === undefined) return end(response, 404);
    if (key !== null && path.endsWith('.m3u8')) {
      return send(response, path, replaceKeyUri(await text(files.stream(path)), keyPath));
    }
    const range = parseByteRange(request.headers.range, size);
    response.setHeader('accept-ranges', 'bytes');
    if (range === 'unsatisfiable') {
      response.setHeader('content-range', `bytes */${size}`);
      return end(response, 416);
    }
    const isWhole = range === 'whole';
    const { firstByte, lastByte } = isWhole ? { firstByte: 0, lastByte: size - 1 } : range;
    if (!isWhole) response.setHeader('content-range', `bytes ${firstByte}-${lastByte}/${size}`);
    response.writeHead(isWhole ? 200 : 206, {
      'content-type': contentTypeOf(path),
      'content-length': lastByte - firstByte + 1,
    });
    if (request.method === 'HEAD' || size === 0) response.end();
    else await pipeline(files.stream(path, { start: firstByte, end: lastByte }), response);
  }

  function describe() {
    return {
      title,
      masterUrl: sizes.has(masterPlaylistFileName) ? urlOf(masterPlaylistFileName) : null,
      posterUrl: sizes.has(posterFileName) ? urlOf(posterFileName) : null,
      chaptersUrl: sizes.has(chapterListFileName) ? urlOf(chapterListFileName) : null,
      files: progressiveFiles(sizes).map(([path, size]) => ({
        name: path,
        url: urlOf(path),
        size: prettyBytes(size),
      })),
    };
  }

  return {
    url: `http://${host}/`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Whether players of a version need a key. */
export async function isEncrypted(files: RangedFiles, sizes: ReadonlyMap<string, number>): Promise<boolean> {
  for (const path of sizes.keys()) {
    if (path.endsWith(`/${mediaPlaylistFileName}`) && namesKey(await text(files.stream(path)))) return true;
  }
  return false;
}

/** The files of a version that play by themselves, with their sizes. */
export function progressiveFiles(sizes: ReadonlyMap<string, number>): [path: string, sizeBytes: number][] {
  return [...sizes].filter(([path]) => /^[^/]+\.(mp4|m4a)$/.test(path));
}

const urlOf = (path: string) => publishedPath + path.split('/').map(encodeURIComponent).join('/');
const hlsPath = () => fileURLToPath(import.meta.resolve('hls.js/dist/hls.mjs'));

function send(response: ServerResponse, path: string, body: string | Uint8Array): void {
  response.writeHead(200, { 'content-type': contentTypeOf(path) }).end(body);
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}
