import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listen, type WebServer } from './serve-published.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
};

const libraries: Readonly<Record<string, string>> = {
  '/hls.js': import.meta.resolve('hls.js'),
  '/dashjs': import.meta.resolve('dashjs'),
  '/shaka-player': import.meta.resolve('shaka-player'),
};

/** The page with its players, on an origin of its own: what is published comes from another, as in real life. */
export function servePlayerPages(): Promise<WebServer> {
  return listen(async (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://page');
    const file = libraries[pathname] ?? new URL(`./pages${pathname}`, import.meta.url).href;
    const body = await readFile(fileURLToPath(file)).catch(() => null);
    if (body === null) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': contentTypes[extname(file)] ?? 'text/plain' }).end(body);
  });
}
