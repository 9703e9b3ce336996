const storageKey = 'fyrestream-reloaded-at';
const minSecondsBetween = 30;

/**
 * Loads the page again where one of its files is gone: their names change with each build, so a page that was open during an upgrade of
 * the server asks for the old ones. If that does not help, the error is shown.
 * @see https://vite.dev/guide/build.html#load-error-handling
 */
export function reloadOnceWhereFilesAreGone(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const reloadedAt = Number(sessionStorage.getItem(storageKey) ?? 0);
    if (Date.now() - reloadedAt < minSecondsBetween * 1_000) return;
    sessionStorage.setItem(storageKey, String(Date.now()));
    event.preventDefault();
    location.reload();
  });
}
