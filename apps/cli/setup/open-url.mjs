import { spawn } from 'node:child_process';

/**
 * Opens a URL in the browser of the user, where there is a desktop. A failure is ignored: the URL is printed in any case.
 * @param {string} url
 */
export function openUrl(url) {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const isMac = process.platform === 'darwin';
  if (!isMac && DISPLAY === undefined && WAYLAND_DISPLAY === undefined) return;
  const child = spawn(isMac ? 'open' : 'xdg-open', [url], { detached: true, stdio: 'ignore' });
  child.on('error', () => {});
  child.unref();
}
