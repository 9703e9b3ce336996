import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono } from 'hono';

/** Names of built files contain a hash of their content. */
const immutable = /\/assets\//;

/**
 * Serves the files of a web page, and its `index.html` for every other path without an extension: the page has routes of its own.
 * @param uploadOrigin where the page sends the parts of uploads
 */
export function addPages(app: Hono, directory: string, uploadOrigin: string): void {
  // Scripts and styles only from here, requests only to here and to the bucket. Players make media and workers as blobs; hls.js makes
  // its text tracks of empty data.
  const contentPolicy = [
    "default-src 'none'",
    "script-src 'self'",
    ["style-src 'self'", ...readStyleHashes(directory)].join(' '),
    "font-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob: data:",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    `connect-src 'self' ${uploadOrigin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  app.use('/*', async (context, next) => {
    await next();
    context.header('content-security-policy', contentPolicy);
    context.header('x-content-type-options', 'nosniff');
    // The token is in the fragment, which no browser sends; the path says which jobs a person looks at.
    context.header('referrer-policy', 'no-referrer');
    const isAsset = immutable.test(context.req.path) && context.res.ok;
    context.header('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
  });
  app.get('/*', serveStatic({ root: directory, precompressed: true }));
  app.get('/*', async (context, next) =>
    context.req.path.startsWith('/v1/') || /\.[^/]+$/.test(context.req.path)
      ? next()
      : serveStatic({ root: directory, path: 'index.html', precompressed: true })(context, next),
  );
}

/** The inline styles of the page, by hash: its build lists them where it has any. */
function readStyleHashes(directory: string): string[] {
  const path = join(directory, 'style-hashes.json');
  if (!existsSync(path)) return [];
  const hashes: string[] = JSON.parse(readFileSync(path, 'utf8'));
  return hashes.map((hash) => `'${hash}'`);
}
