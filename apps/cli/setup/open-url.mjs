import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from './repository.mjs';

/** Leads to the URL that was opened last. */
const pagePath = join(repository, '.fyrestream', 'open.html');

/**
 * Opens a URL in the browser of the user, where there is a desktop. A failure is ignored: the URL is printed in any case.
 * @param {string} url
 */
export function openUrl(url) {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const isMac = process.platform === 'darwin';
  if (!isMac && DISPLAY === undefined && WAYLAND_DISPLAY === undefined) return;
  try {
    const child = spawn(isMac ? 'open' : 'xdg-open', [withoutSecret(url)], {
      detached: true,
      stdio: 'ignore',
    });
    child.on('error', () => {});
    child.unref();
  } catch {
    // The page could not be written.
  }
}

/**
 * Every user of the machine can read the arguments of a process. The fragment of a URL is its secret: then they name a page that only
 * this user can read, and that leads to the URL.
 * @param {string} url
 */
function withoutSecret(url) {
  if (new URL(url).hash === '') return url;
  const target = url.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  mkdirSync(dirname(pagePath), { recursive: true });
  // A file that exists keeps its mode.
  rmSync(pagePath, { force: true });
  writeFileSync(
    pagePath,
    `<!doctype html><meta charset="utf-8"><title>Fyrestream</title>
<meta http-equiv="refresh" content="0;url=${target}"><a href="${target}">Open the console</a>\n`,
    { mode: 0o600, flag: 'wx' },
  );
  return pathToFileURL(pagePath).href;
}
